import { createHash } from 'node:crypto'
import { Ajv, type Options, type ValidateFunction } from 'ajv'
import standaloneCodeModule from 'ajv/dist/standalone/index.js'
import addFormatsModule from 'ajv-formats'
import { checkShape } from '../schema/checkShape.ts'
import { FormModelError } from '../schema/FormModelError.ts'
import { patternRisk } from '../schema/patternRisk.ts'
import type { CompiledValidator, FormSchema } from '../types.ts'
import { DESCRIPTIVE, toValidationSchema } from './toValidationSchema.ts'

const addFormats = defaultOf(addFormatsModule)
const standaloneCode = defaultOf(standaloneCodeModule)

const OPTIONS: Options = { allErrors: true, strict: false, multipleOfPrecision: 8, logger: false }
const MAX_PROPERTIES = 300

/** Knows what a JSON Schema may be. One for all schemas: to learn it takes longer than to compile most of them. */
const metaAjv = openAjv(OPTIONS)

export interface CompiledSchema {
  /** SHA-256 (hex) of the schema, keys sorted: the address of validator and schema. */
  hash: string
  /** ES module for the page: `export default (require) => validate`. See `instantiateValidator`. */
  code: string
  validate: CompiledValidator
}

/**
 * Compiles an expanded schema (see `expandSchema`) for this side and, as code, for the page: the same function.
 * @throws FormModelError for a schema too deep or too wide, a risky or wrong pattern, an unknown format, or one
 *   that is no JSON Schema
 */
export function compileValidator(schema: FormSchema): CompiledSchema {
  const ajv = openAjv({ ...OPTIONS, validateSchema: false, code: { source: true, esm: false } })
  checkShape(schema)
  checkSchema(ajv, schema)
  const hash = createHash('sha256').update(canonical(schema)).digest('hex')
  const validate = compileWith(ajv, toValidationSchema(schema))
  const code = `export default (require) => {\nconst module = { exports: {} };\n${standaloneCode(ajv, validate)}\nreturn module.exports;\n}\n`
  return { hash, code, validate: validate as CompiledValidator }
}

function openAjv(options: Options): Ajv {
  const ajv = new Ajv(options)
  addFormats(ajv)
  return ajv
}

function compileWith(ajv: Ajv, schema: FormSchema): ValidateFunction {
  try {
    void metaAjv.validateSchema(schema, true)
    return ajv.compile(schema)
  } catch (error) {
    throw new FormModelError('', `No es un esquema válido: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** JSON with sorted keys: the same schema has one text. */
function canonical(node: unknown): string {
  if (Array.isArray(node)) return `[${node.map((item) => canonical(item ?? null)).join(',')}]`
  if (typeof node !== 'object' || node === null) return JSON.stringify(node)
  const entries = Object.entries(node).filter(([, value]) => value !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join(',')}}`
}

/** What Ajv would take in silence: words it does not know, risky patterns, and size without bound. */
function checkSchema(ajv: Ajv, schema: FormSchema): void {
  let properties = 0
  const visit = (node: FormSchema, path: string): void => {
    checkWords(ajv, node, path)
    for (const [name, property] of Object.entries(node.properties ?? {})) {
      if (++properties > MAX_PROPERTIES) {
        throw new FormModelError(path, `El esquema tiene más de ${MAX_PROPERTIES} propiedades`)
      }
      visit(property, join(path, `properties.${name}`))
    }
    if (node.items) visit(node.items, join(path, 'items'))
  }
  visit(schema, '')
}

function checkWords(ajv: Ajv, node: FormSchema, path: string): void {
  for (const key of Object.keys(node)) {
    if (!key.startsWith('x-') && !DESCRIPTIVE.has(key) && !ajv.getKeyword(key)) {
      throw new FormModelError(join(path, key), `«${key}» no es de JSON Schema`)
    }
  }
  const risk = typeof node.pattern === 'string' ? patternRisk(node.pattern) : null
  if (risk) throw new FormModelError(join(path, 'pattern'), risk)
  if (typeof node.format === 'string' && !Object.hasOwn(ajv.formats, node.format)) {
    throw new FormModelError(join(path, 'format'), `No existe el formato «${node.format}»`)
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}

/** Ajv's plug-ins are CommonJS with a default export: Node and bundlers hand over different wrappers. */
function defaultOf<T>(module: T | { default: T }): T {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : module
}
