import type { FormSchema } from '../types.ts'
import { FormModelError } from './FormModelError.ts'
import { isObject } from './valueAt.ts'

/** Deeper schemas are refused: nobody can fill them in, and every walk is bounded. */
const MAX_DEPTH = 6

/** Of anything inside, annotations included. */
const MAX_NESTING = 60

const NEEDED = {
  title: ['un texto', (value: unknown) => typeof value === 'string'],
  description: ['un texto', (value: unknown) => typeof value === 'string'],
  type: ['el nombre de un tipo', (value: unknown) => typeof value === 'string'],
  format: ['un texto', (value: unknown) => typeof value === 'string'],
  pattern: ['un texto', (value: unknown) => typeof value === 'string'],
  required: ['una lista de nombres', (value: unknown) => isListOf(value, (item) => typeof item === 'string')],
  enum: ['una lista de valores', (value: unknown) => Array.isArray(value) && value.length > 0],
  oneOf: ['una lista de opciones', (value: unknown) => isListOf(value, isObject) && (value as unknown[]).length > 0],
  properties: ['un grupo de propiedades', (value: unknown) => isObject(value) && Object.values(value).every(isObject)],
  items: ['un esquema', isObject],
} as const

/** Schemas known to be well formed: each object is walked once. */
const checked = new WeakSet()

/**
 * That a schema is built like one: everything that reads it afterwards may rely on its types.
 * @throws FormModelError with the JSON path
 */
export function checkShape(schema: FormSchema): void {
  if (!isObject(schema)) throw new FormModelError('', 'El esquema debe ser un objeto')
  if (checked.has(schema)) return
  refuseHostile(schema, '', 1)
  visit(schema, '', 1)
  checked.add(schema)
}

function visit(schema: FormSchema, at: string, depth: number): void {
  if (depth > MAX_DEPTH + 1) throw new FormModelError(at, `El esquema tiene más de ${MAX_DEPTH} niveles`)
  for (const [word, [what, isRight]] of Object.entries(NEEDED)) {
    if (schema[word] !== undefined && !isRight(schema[word]))
      throw new FormModelError(join(at, word), `Debe ser ${what}`)
  }
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    visit(property, join(at, `properties.${name}`), depth + 1)
  // A list is not a level by itself.
  if (schema.items) visit(schema.items, join(at, 'items'), depth)
}

/** A key that would change the object it is copied into, or nesting made to exhaust the stack. */
function refuseHostile(node: unknown, at: string, depth: number): void {
  if (typeof node !== 'object' || node === null) return
  if (depth > MAX_NESTING) throw new FormModelError(at, `Tiene más de ${MAX_NESTING} niveles`)
  for (const [key, value] of Object.entries(node)) {
    if (key === '__proto__') throw new FormModelError(at, '«__proto__» no sirve de nombre')
    refuseHostile(value, join(at, key), depth + 1)
  }
}

function isListOf(value: unknown, isRight: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isRight)
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}
