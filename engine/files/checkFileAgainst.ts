import type { Issue } from '#forms'
import type { FileDoc } from '../persistence/index.ts'
import { formatFileSize, parseFileSize } from './fileSize.ts'
import { isOneOf, nameKinds } from '#engine/contract'

/** What an `x-file` annotation asks for, settings resolved. */
export interface FileConstraint {
  /** Kinds: `pdf`, `docx`, `png`, `jpg` … */
  types?: string[]
  /** `"10MB"` = 10 × 1024² bytes, or bytes. */
  max?: string | number
}

/** Does a stored file satisfy the annotation of the field that is to hold it? `path` is the field's, for the issue. */
export function checkFileAgainst(
  file: Pick<FileDoc, 'type' | 'size' | 'received'>,
  constraint: FileConstraint,
  path = '',
): Issue | null {
  const { types, max } = constraint
  if (types && !isOneOf(file.type, types)) {
    return {
      path,
      rule: 'file',
      params: { types },
      message: `Este tipo de archivo no se admite. Use ${nameKinds(types)}.`,
      level: 'error',
    }
  }
  // What was sent counts, not what our drawing it again made of it: the limit is a promise to both sides.
  if (max !== undefined && (file.received ?? file.size) > parseFileSize(max)) {
    return {
      path,
      rule: 'file',
      params: { max: parseFileSize(max) },
      message: `El archivo supera el máximo de ${formatFileSize(parseFileSize(max))}.`,
      level: 'error',
    }
  }
  return null
}
