import { isObject } from '../schema/valueAt.ts'
import type { FormSchema, ValidatorError } from '../types.ts'
import { describePattern } from './describePattern.ts'
import { missingPhrase } from './spanishTitle.ts'

const FORMATS: Record<string, string> = {
  email: 'Escriba un correo válido, como nombre@empresa.pe',
  'idn-email': 'Escriba un correo válido, como nombre@empresa.pe',
  date: 'Escriba una fecha válida',
  'date-time': 'Escriba una fecha y hora válidas',
  time: 'Escriba una hora válida',
  uri: 'Escriba una dirección web completa, como https://empresa.pe',
  url: 'Escriba una dirección web completa, como https://empresa.pe',
  ipv4: 'Escriba una dirección IP válida',
  uuid: 'El identificador no es válido',
}

const TYPES: Record<string, string> = {
  string: 'Debe ser un texto',
  integer: 'Debe ser un número entero',
  number: 'Debe ser un número',
  boolean: 'Debe ser sí o no',
  array: 'Debe ser una lista',
  object: 'Debe ser un grupo de datos',
}

/**
 * What to tell a person about an error of the validator, in plain Spanish: the `x-error` of the field, else
 * words for the keyword. Uses titles, never keys.
 */
export function messageFor(error: ValidatorError, schema: FormSchema): string {
  const field = schemaAt(schema, pathOf(error))
  const own = field?.['x-error']
  if (isObject(own)) {
    const text = own[error.keyword]
    if (typeof text === 'string') return text
  }
  return describe(error, field ?? {})
}

/** Dotted path of the value an error is about; of the missing property itself for `required`. */
export function pathOf(error: ValidatorError): string {
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (error.keyword === 'required') keys.push(String(error.params.missingProperty))
  return keys.join('.')
}

/** The schema of the value at a dotted path. */
export function schemaAt(schema: FormSchema, path: string): FormSchema | null {
  let at: FormSchema | undefined = schema
  if (path === '') return schema
  for (const key of path.split('.')) {
    at =
      at?.items && /^\d+$/.test(key)
        ? at.items
        : at?.properties && Object.hasOwn(at.properties, key)
          ? at.properties[key]
          : undefined
  }
  return at ?? null
}

function describe(error: ValidatorError, field: FormSchema): string {
  const { params } = error
  const limit = Number(params.limit)
  switch (error.keyword) {
    case 'required':
      return field.title ? missingPhrase(field.title) : 'Falta este dato'
    case 'type':
      return TYPES[String(params.type)] ?? 'No tiene el tipo esperado'
    case 'minLength':
      return limit <= 1 ? 'No puede quedar vacío' : `Debe tener al menos ${limit} caracteres`
    case 'maxLength':
      return `No puede tener más de ${count(limit, 'carácter', 'caracteres')}`
    case 'pattern':
      return describePattern(String(params.pattern)) ?? withExample('No tiene el formato esperado', field)
    case 'format':
      return FORMATS[String(params.format)] ?? withExample('No tiene el formato esperado', field)
    case 'enum':
    case 'const':
    case 'oneOf':
    case 'anyOf':
      return 'Elija una de las opciones'
    case 'minimum':
      return `Debe ser ${limit} o más`
    case 'maximum':
      return `Debe ser ${limit} o menos`
    case 'exclusiveMinimum':
      return `Debe ser mayor que ${limit}`
    case 'exclusiveMaximum':
      return `Debe ser menor que ${limit}`
    case 'multipleOf':
      return `Debe ser múltiplo de ${String(params.multipleOf)}`
    case 'minItems':
      return limit === 1 ? 'Agregue al menos uno' : `Agregue al menos ${limit}`
    case 'maxItems':
      return `No puede haber más de ${limit}`
    case 'uniqueItems':
      return 'Hay valores repetidos'
    default:
      return 'Este dato no es válido'
  }
}

function withExample(text: string, field: FormSchema): string {
  const [example] = Array.isArray(field.examples) ? (field.examples as unknown[]) : []
  return typeof example === 'string' ? `${text}; por ejemplo: ${example}` : text
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`
}
