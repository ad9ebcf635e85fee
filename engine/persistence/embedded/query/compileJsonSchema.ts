import { equalValues } from '../bson/compare.ts'
import { isNumber, toDouble } from '../bson/numbers.ts'
import { bsonType, isDoc, TYPE_ALIASES, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileRegex } from './regex.ts'

type Check = (value: Value) => boolean

const JSON_TYPES: Record<string, number[]> = {
  object: [3],
  array: [4],
  number: [1, 16, 18, 19],
  boolean: [8],
  string: [2],
  null: [10],
}

/**
 * MongoDB's `$jsonSchema` (draft 4 with bsonType), as used by collection validators.
 * @throws StoreError 9 for an unknown keyword, 115 for `dependencies`
 */
export function compileJsonSchema(schema: Doc): Check {
  const checks: Check[] = []
  const exclusive = (name: string): boolean => schema.get(name) === true
  for (const [keyword, operand] of schema) {
    const check = compileKeyword(keyword, operand, schema, exclusive)
    if (check) checks.push(check)
  }
  return (value) => checks.every((check) => check(value))
}

function compileKeyword(
  keyword: string,
  operand: Value,
  schema: Doc,
  exclusive: (name: string) => boolean,
): Check | undefined {
  const number = (): number => {
    if (!isNumber(operand)) throw new StoreError(14, `$jsonSchema keyword '${keyword}' must be a number`)
    return toDouble(operand)
  }
  switch (keyword) {
    case 'title':
    case 'description':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return undefined
    case 'bsonType':
    case 'type': {
      const types = (Array.isArray(operand) ? operand : [operand]).flatMap((name) => {
        if (typeof name !== 'string')
          throw new StoreError(14, `$jsonSchema keyword '${keyword}' must be a string or an array of strings`)
        const known =
          keyword === 'type'
            ? JSON_TYPES[name]
            : name === 'number'
              ? JSON_TYPES.number
              : TYPE_ALIASES[name]
                ? [TYPE_ALIASES[name]]
                : undefined
        if (!known) throw new StoreError(2, `Unknown type name alias: ${name}`)
        return known
      })
      return (value) => types.includes(bsonType(value))
    }
    case 'required': {
      if (!Array.isArray(operand)) throw new StoreError(14, "$jsonSchema keyword 'required' must be an array")
      return (value) => !isDoc(value) || operand.every((name) => value.has(name as string))
    }
    case 'properties': {
      const properties = [...asDoc(operand, keyword)].map(
        ([name, sub]) => [name, compileJsonSchema(asDoc(sub, name))] as const,
      )
      return (value) =>
        !isDoc(value) || properties.every(([name, check]) => !value.has(name) || check(value.get(name)!))
    }
    case 'patternProperties':
    case 'additionalProperties':
      return keyword === 'patternProperties' && schema.has('additionalProperties')
        ? undefined
        : restOfProperties(schema)
    case 'enum': {
      if (!Array.isArray(operand)) throw new StoreError(14, "$jsonSchema keyword 'enum' must be an array")
      return (value) => operand.some((item) => equalValues(item, value))
    }
    case 'minimum': {
      const least = number()
      return (value) =>
        !isNumber(value) || (exclusive('exclusiveMinimum') ? toDouble(value) > least : toDouble(value) >= least)
    }
    case 'maximum': {
      const most = number()
      return (value) =>
        !isNumber(value) || (exclusive('exclusiveMaximum') ? toDouble(value) < most : toDouble(value) <= most)
    }
    case 'multipleOf': {
      const step = number()
      return (value) => !isNumber(value) || toDouble(value) % step === 0
    }
    case 'minLength':
    case 'maxLength': {
      const bound = number()
      return (value) =>
        typeof value !== 'string' || (keyword === 'minLength' ? [...value].length >= bound : [...value].length <= bound)
    }
    case 'pattern': {
      const pattern = compileRegex(operand as string, '')
      return (value) => typeof value !== 'string' || pattern.test(value)
    }
    case 'minItems':
    case 'maxItems': {
      const bound = number()
      return (value) =>
        !Array.isArray(value) || (keyword === 'minItems' ? value.length >= bound : value.length <= bound)
    }
    case 'minProperties':
    case 'maxProperties': {
      const bound = number()
      return (value) => !isDoc(value) || (keyword === 'minProperties' ? value.size >= bound : value.size <= bound)
    }
    case 'uniqueItems':
      return (value) =>
        operand !== true ||
        !Array.isArray(value) ||
        value.every((item, index) => !value.slice(0, index).some((other) => equalValues(item, other)))
    case 'items': {
      if (Array.isArray(operand)) {
        const checks = operand.map((sub) => compileJsonSchema(asDoc(sub, keyword)))
        const extra = schema.get('additionalItems')
        const rest: Check = extra === false ? () => false : isDoc(extra) ? compileJsonSchema(extra) : () => true
        return (value) => !Array.isArray(value) || value.every((item, index) => (checks[index] ?? rest)(item))
      }
      const check = compileJsonSchema(asDoc(operand, keyword))
      return (value) => !Array.isArray(value) || value.every(check)
    }
    case 'additionalItems':
      return undefined
    case 'allOf':
    case 'anyOf':
    case 'oneOf': {
      const checks = (operand as Value[]).map((sub) => compileJsonSchema(asDoc(sub, keyword)))
      if (keyword === 'allOf') return (value) => checks.every((check) => check(value))
      if (keyword === 'anyOf') return (value) => checks.some((check) => check(value))
      return (value) => checks.filter((check) => check(value)).length === 1
    }
    case 'not': {
      const check = compileJsonSchema(asDoc(operand, keyword))
      return (value) => !check(value)
    }
    case 'dependencies':
    case 'encrypt':
    case 'encryptMetadata':
      throw notSupported(`$jsonSchema keyword '${keyword}'`)
    default:
      throw new StoreError(9, `Unknown $jsonSchema keyword: ${keyword}`)
  }
}

function asDoc(value: Value, name: string): Doc {
  if (!isDoc(value)) throw new StoreError(14, `$jsonSchema: '${name}' must be an object`)
  return value
}

function restOfProperties(schema: Doc): Check {
  const named = schema.get('properties')
  const patterns = [...((schema.get('patternProperties') as Doc | undefined) ?? [])].map(
    ([pattern, sub]) => [compileRegex(pattern, ''), compileJsonSchema(asDoc(sub, pattern))] as const,
  )
  const extra = schema.get('additionalProperties')
  const rest: Check = extra === false ? () => false : isDoc(extra) ? compileJsonSchema(extra) : () => true
  return (value) => {
    if (!isDoc(value)) return true
    for (const [name, item] of value) {
      const matching = patterns.filter(([pattern]) => pattern.test(name))
      if (!matching.every(([, check]) => check(item))) return false
      if (matching.length === 0 && !(isDoc(named) && named.has(name)) && !rest(item)) return false
    }
    return true
  }
}
