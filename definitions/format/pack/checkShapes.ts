import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import catalogSchema from '../schemas/catalog.json' with { type: 'json' }
import commonSchema from '../schemas/common.json' with { type: 'json' }
import demoSchema from '../schemas/demo.json' with { type: 'json' }
import entitySchema from '../schemas/entity.json' with { type: 'json' }
import formSchema from '../schemas/form.json' with { type: 'json' }
import packSchema from '../schemas/pack.json' with { type: 'json' }
import propertySchema from '../schemas/property.json' with { type: 'json' }
import rolesSchema from '../schemas/roles.json' with { type: 'json' }
import seedSchema from '../schemas/seed.json' with { type: 'json' }
import settingsSchema from '../schemas/settings.json' with { type: 'json' }
import storySchema from '../schemas/story.json' with { type: 'json' }
import templateSchema from '../schemas/template.json' with { type: 'json' }
import textsSchema from '../schemas/texts.json' with { type: 'json' }
import viewSchema from '../schemas/view.json' with { type: 'json' }
import type { Finding, PackFiles } from '../types.ts'
import { errorAt, proposeName } from './finding.ts'
import { fileKindOf, type FileKind } from './parsePack.ts'
import { parseTemplate } from './parseTemplate.ts'

/** The schema of each kind of file; processes are checked by their own lint, CSV rows by their catalogue. */
const schemaOf: Partial<Record<FileKind, string>> = {
  manifest: 'pack.json',
  roles: 'roles.json',
  entity: 'entity.json',
  form: 'form.json',
  view: 'view.json',
  template: 'template.json',
  catalog: 'catalog.json',
  story: 'story.json',
  demo: 'demo.json',
  seed: 'seed.json',
  texts: 'texts.json',
}

let opened: Ajv | undefined

/** Opened with the first pack that is checked: a start that finds its packs installed checks none. */
function shapes(): Ajv {
  if (opened) return opened
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, verbose: true, strictTypes: false })
  ajv.addSchema([commonSchema, propertySchema, settingsSchema, entitySchema, formSchema, packSchema, rolesSchema])
  ajv.addSchema([templateSchema, catalogSchema, storySchema, demoSchema, seedSchema, textsSchema, viewSchema])
  return (opened = ajv)
}

/**
 * Checks the shape of every JSON file and template heading against its schema. A key that does not exist is refused
 * with the nearest known one; a key of the vocabulary that nothing acts on yet is refused by name.
 */
export function checkShapes(files: PackFiles): Finding[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const file = fileKindOf(path)
    const schema = file && schemaOf[file.kind]
    if (!schema) return []
    const value = file.kind === 'template' ? parseTemplate(text).frontMatter : readJson(text)
    return value === undefined ? [] : checkShape(path, value, schema)
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // reported when the pack is parsed
  }
}

function checkShape(file: string, value: unknown, schema: string): Finding[] {
  const validate = shapes().getSchema(schema) as ValidateFunction
  if (validate(value)) return []
  const findings = relevantErrors(validate.errors ?? []).map((error) => toFinding(file, error))
  return findings.filter(
    (finding, index) =>
      findings.findIndex((other) => other.at === finding.at && other.message === finding.message) === index,
  )
}

/**
 * Of a value that may have several forms, keep what is wrong with the form that was meant: the complaints about its
 * inside, and only when there are none the complaint that no form fits.
 */
function relevantErrors(errors: ErrorObject[]): ErrorObject[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.instancePath)
  return errors.filter((error) => {
    if (!unions.includes(error.instancePath)) return true
    const inside = errors.some(
      (other) =>
        other !== error &&
        other.instancePath.startsWith(error.instancePath) &&
        (other.instancePath !== error.instancePath ||
          !['anyOf', 'type', 'const', 'enum', 'required'].includes(other.keyword)) &&
        // a complaint about the alternative `{ setting }` is not about the value's own inside
        other.parentSchema !== commonSchema.definitions.setting,
    )
    if (error.parentSchema === commonSchema.definitions.setting) return false
    return error.keyword === 'anyOf' ? !inside : !['type', 'const', 'enum'].includes(error.keyword)
  })
}

const typeNames: Record<string, string> = {
  string: 'un texto',
  integer: 'un número entero',
  number: 'un número',
  boolean: 'true o false',
  array: 'una lista [ … ]',
  object: 'un objeto { … }',
}

function toFinding(file: string, error: ErrorObject): Finding {
  const { keyword, instancePath: at, parentSchema = {} } = error
  const params = error.params as Record<string, unknown>
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      const known = Object.entries((parentSchema.properties ?? {}) as Record<string, { $comment?: string }>)
      const built = known.filter(([, schema]) => schema.$comment !== 'planned').map(([name]) => name)
      return errorAt('unknown-key', file, `${at}/${key}`, `«${key}» no existe aquí`, proposeName(key, built))
    }
    case 'not': {
      const key = at.slice(at.lastIndexOf('/') + 1)
      return errorAt('not-built', file, at, `«${key}» todavía no está disponible`, 'Retírelo por ahora')
    }
    case 'required':
      return errorAt(
        'shape',
        file,
        at,
        `Falta «${String(params.missingProperty)}»`,
        `Añada «${String(params.missingProperty)}»`,
      )
    case 'type': {
      const types = String(params.type).split(',')
      return errorAt('shape', file, at, `Debe ser ${types.map((type) => typeNames[type] ?? type).join(' o ')}`)
    }
    case 'enum':
    case 'const': {
      const allowed = keyword === 'const' ? [params.allowedValue] : (params.allowedValues as unknown[])
      const cure = proposeName(String(error.data), allowed.map(String))
      return errorAt('shape', file, at, `«${String(error.data)}» no es un valor posible`, cure)
    }
    case 'pattern':
      return errorAt(
        'shape',
        file,
        at,
        `«${String(error.data)}» no tiene la forma esperada`,
        `Debe cumplir ${String(params.pattern)}`,
      )
    case 'anyOf':
      return errorAt('shape', file, at, 'El valor no tiene ninguna de las formas posibles', 'Vea la guía del paquete')
    case 'minLength':
    case 'minItems':
      return errorAt('shape', file, at, 'No puede estar vacío')
  }
  return errorAt('shape', file, at, `No cumple «${keyword}» ${JSON.stringify(params)}`)
}
