import { isOneOf } from '#engine/contract'
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

export type FileRefusal =
  { reason: 'type'; types: string } | { reason: 'size'; max: number } | { reason: 'empty' | 'heic' }

/** What telephones call photos that pages cannot show. */
const ofPhones = ['heic', 'heif']
const sameType: Record<string, string> = { jpeg: 'jpg', jpg: 'jpg' }

/** Why a file cannot be sent, before a byte leaves; null: it can. The server looks at the content again. */
export function refuseFile(file: { name: string; size: number }, rule: FileRule): FileRefusal | null {
  const extension = file.name.split('.').at(-1)?.toLowerCase() ?? ''
  const known = (type: string) => sameType[type] ?? type
  if (rule.types.length && !rule.types.some((type) => known(type) === known(extension)))
    return rule.photo && ofPhones.includes(extension) ? { reason: 'heic' } : refuseKind(rule)
  if (file.size === 0) return { reason: 'empty' }
  // A photo is reduced before it is sent: its size is judged then.
  return rule.photo ? null : refuseSize(file, rule)
}

/** The same of a file as it would be sent. */
export function refuseSize(file: { size: number }, rule: FileRule): FileRefusal | null {
  return rule.max !== null && file.size > rule.max ? { reason: 'size', max: rule.max } : null
}

/** What the server found it to be, whatever it is called: refused here already, not only when the form is saved. */
export function refuseContent(stored: { type: string }, rule: FileRule): FileRefusal | null {
  return rule.types.length && !isOneOf(stored.type, rule.types) ? refuseKind(rule) : null
}

const refuseKind = ({ types }: FileRule): FileRefusal => ({
  reason: 'type',
  types: types.map((type) => type.toUpperCase()).join(', '),
})
