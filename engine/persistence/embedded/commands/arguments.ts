import { isNumber, wholeNumber } from '../bson/numbers.ts'
import { isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope, type Variables } from '../expression/scope.ts'
import { collationOf, type StringOrder } from '../query/collation.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { isTruthy } from '../expression/isTruthy.ts'
import type { Command } from './command.ts'

const wrongType = (command: string, field: string, value: Value, expected: string): StoreError =>
  new StoreError(
    14,
    `BSON field '${command}.${field}' is the wrong type '${typeName(value)}', expected type '${expected}'`,
  )

export function docArgument(body: Doc, name: string, command = ''): Doc | undefined {
  const value = body.get(name)
  if (value === undefined || value === null) return undefined
  if (!isDoc(value)) throw wrongType(command, name, value, 'object')
  return value
}

function stringArgument(body: Doc, name: string, command = ''): string {
  const value = body.get(name)
  if (typeof value !== 'string')
    throw new StoreError(73, `collection name has invalid type ${typeName(value)} in ${command}.${name}`)
  return value
}

/** A whole number not below `least`. */
export function wholeArgument(body: Doc, name: string, least = 0, command = ''): number | undefined {
  const value = body.get(name)
  if (value === undefined || value === null) return undefined
  if (!isNumber(value)) throw wrongType(command, name, value, 'long')
  const whole = wholeNumber(value)
  if (whole === undefined) throw new StoreError(9, `'${name}' must be a whole number`)
  if (whole < least)
    throw new StoreError(51024, `BSON field '${name}' value must be >= ${least}, actual value '${whole}'`)
  return whole
}

export function booleanArgument(body: Doc, name: string): boolean {
  const value = body.get(name)
  return value !== undefined && isTruthy(value)
}

/** @throws StoreError 40415 for a field that is not one of `fields` */
export function checkFields(part: Doc | undefined, name: string, fields: ReadonlySet<string>): void {
  for (const field of part?.keys() ?? [])
    if (!fields.has(field)) throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`)
}

const CURSOR_FIELDS = new Set(['batchSize'])

/** Documents the first batch of `cursor: { batchSize }` is to hold. @throws StoreError 40415, 14, 51024 */
export function firstBatchSize(body: Doc, command: string): number | undefined {
  const cursor = docArgument(body, 'cursor', command)
  checkFields(cursor, `${command}.cursor`, CURSOR_FIELDS)
  return cursor && wholeArgument(cursor, 'batchSize', 0, `${command}.cursor`)
}

/** `db.collection` of the command's first field. */
export function namespaceOf(command: Command): string {
  return `${command.database}.${stringArgument(command.body, command.name, command.name)}`
}

/** The command's collation, else the collection's. `simple` asked for by name switches the latter off. */
export function orderFor(spec: Value | undefined, info: CollectionInfo | undefined): StringOrder | undefined {
  return spec === undefined || (isDoc(spec) && spec.size === 0) ? info?.order : collationOf(spec)
}

/** System variables and those of `let`. */
export function variablesOf(base: Variables, letSpec: Value | undefined): Variables {
  if (letSpec === undefined) return base
  if (!isDoc(letSpec))
    throw new StoreError(14, `BSON field 'let' is the wrong type '${typeName(letSpec)}', expected type 'object'`)
  const variables = new Map(base)
  for (const [name, value] of letSpec)
    variables.set(name, compileExpression(value, variables)(newScope(new Map(), variables)))
  return variables
}
