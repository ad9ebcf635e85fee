import type { FormSchema } from '#forms'
import { annotationOf } from './annotationOf.ts'

export interface FileRule {
  /** Extensions without dot; empty: any. */
  types: string[]
  /** Bytes; null: no limit of the field's own. */
  max: number | null
  photo: boolean
}

const units: Record<string, number> = { '': 1, B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }

/** "10MB" in bytes (binary units, as the definitions count); null when it says no size. */
export function parseSize(said: unknown): number | null {
  if (typeof said === 'number') return said
  const match = typeof said === 'string' ? /^\s*(\d+(?:\.\d+)?)\s*([KMG]?B)?\s*$/i.exec(said) : null
  return match ? Math.round(Number(match[1]) * units[(match[2] ?? '').toUpperCase()]!) : null
}

export function fileRule(schema: FormSchema): FileRule {
  const said = annotationOf(schema, 'x-file') ?? {}
  const types = Array.isArray(said.types) ? said.types : typeof said.types === 'string' ? [said.types] : []
  return {
    types: types.map((type) => String(type).toLowerCase().replace(/^\./, '')),
    max: parseSize(said.max),
    photo: said.photo === true,
  }
}

export type FileRefusal = { reason: 'type'; types: string } | { reason: 'size'; max: number } | { reason: 'empty' }

const sameType: Record<string, string> = { jpeg: 'jpg', jpg: 'jpg' }

/** Why a file cannot be sent, before a byte leaves; null: it can. The server looks at the content again. */
export function refuseFile(file: { name: string; size: number }, rule: FileRule): FileRefusal | null {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const known = (type: string) => sameType[type] ?? type
  if (rule.types.length && !rule.types.some((type) => known(type) === known(extension)))
    return { reason: 'type', types: rule.types.map((type) => type.toUpperCase()).join(', ') }
  if (file.size === 0) return { reason: 'empty' }
  // A photo is reduced before it is sent: its size is judged then.
  if (rule.max !== null && file.size > rule.max && !rule.photo) return { reason: 'size', max: rule.max }
  return null
}
