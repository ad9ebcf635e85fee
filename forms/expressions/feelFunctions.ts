import { evaluate } from 'feelin'
import { ComparisonError } from './compareFeel.ts'
import type { FeelType } from './feelValues.ts'
import { labelOf, toFeelDate, typeOf } from './feelValues.ts'

/** What a parameter takes. `any` is everything; `day` is a date, a date and time, or an ISO text. */
export type ParameterType = FeelType | 'any' | 'day'

export interface FeelFunctionSignature {
  /** In order; the last one repeats when `variadic`. */
  parameters: ParameterType[]
  /** How many of them must be given. */
  required: number
  variadic?: boolean
  result: FeelType | 'any'
}

function signature(parameters: ParameterType[], result: FeelType | 'any', required = parameters.length) {
  return { parameters, required, result }
}

/**
 * The functions of FEEL (DMN 1.3, 10.3.4) that expressions may call. Others are refused by name. Types are
 * ours because feelin answers null, silently, when an argument has the wrong type.
 */
export const FEEL_FUNCTIONS: Record<string, FeelFunctionSignature> = {
  '@': signature(['string'], 'any'),
  date: signature(['any', 'number', 'number'], 'date', 1),
  'date and time': signature(['any', 'time'], 'date time', 1),
  time: signature(['any', 'number', 'number', 'duration'], 'time', 1),
  duration: signature(['string'], 'duration'),
  'years and months duration': signature(['day', 'day'], 'months'),
  'day of week': signature(['day'], 'string'),
  'day of year': signature(['day'], 'number'),
  'week of year': signature(['day'], 'number'),
  'month of year': signature(['day'], 'string'),
  string: signature(['any'], 'string'),
  number: signature(['string', 'string', 'string'], 'number', 1),
  substring: signature(['string', 'number', 'number'], 'string', 2),
  'string length': signature(['string'], 'number'),
  'upper case': signature(['string'], 'string'),
  'lower case': signature(['string'], 'string'),
  'substring before': signature(['string', 'string'], 'string'),
  'substring after': signature(['string', 'string'], 'string'),
  contains: signature(['string', 'string'], 'boolean'),
  'starts with': signature(['string', 'string'], 'boolean'),
  'ends with': signature(['string', 'string'], 'boolean'),
  'string join': signature(['list', 'string'], 'string', 1),
  'list contains': signature(['list', 'any'], 'boolean'),
  count: signature(['list'], 'number'),
  min: { ...signature(['any'], 'number'), variadic: true },
  max: { ...signature(['any'], 'number'), variadic: true },
  sum: { ...signature(['any'], 'number'), variadic: true },
  mean: { ...signature(['any'], 'number'), variadic: true },
  all: { ...signature(['any'], 'boolean'), variadic: true },
  any: { ...signature(['any'], 'boolean'), variadic: true },
  sublist: signature(['list', 'number', 'number'], 'list', 2),
  append: { ...signature(['list', 'any'], 'list'), variadic: true },
  concatenate: { ...signature(['list'], 'list'), variadic: true },
  reverse: signature(['list'], 'list'),
  'index of': signature(['list', 'any'], 'list'),
  'distinct values': signature(['list'], 'list'),
  union: { ...signature(['list'], 'list'), variadic: true },
  flatten: signature(['list'], 'list'),
  floor: signature(['number'], 'number'),
  ceiling: signature(['number'], 'number'),
  abs: signature(['number'], 'number'),
  modulo: signature(['number', 'number'], 'number'),
  'round half up': signature(['number', 'number'], 'number'),
  odd: signature(['number'], 'boolean'),
  even: signature(['number'], 'boolean'),
  'get value': signature(['context', 'string'], 'any'),
}

export function isFeelFunctionName(name: string): boolean {
  return Object.hasOwn(FEEL_FUNCTIONS, name)
}

/** Functions that take nulls as values instead of answering null. */
const NULL_FRIENDLY = new Set(['list contains', 'append', 'index of', 'concatenate', 'union', 'all', 'any'])
/** Their numbers must be numbers: feelin would answer null for a text. */
const NUMERIC = new Set(['min', 'max', 'sum', 'mean'])

/**
 * Calls one of FEEL's functions through feelin, after checking the types of the arguments.
 * @throws ComparisonError when an argument has the wrong type or value, or there are too many.
 */
export function callFeelFunction(name: string, given: unknown[]): unknown {
  const signature = FEEL_FUNCTIONS[name]
  if (!signature) throw new ComparisonError(`No existe la función «${name}»`)
  const args = checkArguments(name, signature, given)
  if (!NULL_FRIENDLY.has(name) && args.some((arg) => arg === null || arg === undefined)) return null
  if (NUMERIC.has(name)) return callNumeric(name, args)
  const plain = plainFunction(name)
  if (plain) return accepted(name, plain(...args))
  const context = Object.fromEntries(args.map((arg, index) => [`p${index}`, arg]))
  const text = name === '@' ? `@${JSON.stringify(args[0])}` : `${name}(${Object.keys(context).join(', ')})`
  const { value, warnings } = evaluate(text, context)
  return warnings.length > 0 ? accepted(name, undefined) : value
}

type PlainFunction = (...args: unknown[]) => unknown
const plainFunctions = new Map<string, PlainFunction | null>()

/** feelin's function behind a name, fetched once; null for those with a grammar of their own (dates). */
function plainFunction(name: string): PlainFunction | null {
  let found = plainFunctions.get(name)
  if (found === undefined) {
    const { value } = /^(@|date|date and time|time|duration|years and months duration)$/.test(name)
      ? { value: null }
      : evaluate(name)
    found = typeof value === 'function' ? (value as PlainFunction) : null
    plainFunctions.set(name, found)
  }
  return found
}

/** feelin returns an object that carries a warning when it refuses a value. */
function accepted(name: string, value: unknown): unknown {
  if (
    value === undefined ||
    (typeof value === 'object' && value !== null && 'warning' in value && 'template' in value)
  ) {
    throw new ComparisonError(`«${name}» no acepta ese valor`)
  }
  return value
}

function checkArguments(name: string, signature: FeelFunctionSignature, given: unknown[]): unknown[] {
  const most = signature.variadic ? Infinity : signature.parameters.length
  if (given.length < signature.required || given.length > most) {
    throw new ComparisonError(`«${name}» no lleva ${given.length} datos`)
  }
  return given.map((arg, index) => {
    const wanted = signature.parameters[Math.min(index, signature.parameters.length - 1)]!
    if (wanted === 'any' || arg === null || arg === undefined) return arg ?? null
    if (wanted === 'day') {
      const day = typeof arg === 'string' ? toFeelDate(arg) : arg
      if (typeOf(day) === 'date' || typeOf(day) === 'date time') return day
      throw new ComparisonError(`«${name}» necesita una fecha, no ${labelOf(typeOf(arg))}`)
    }
    if (typeOf(arg) !== wanted) {
      throw new ComparisonError(`«${name}» necesita ${labelOf(wanted)}, no ${labelOf(typeOf(arg))}`)
    }
    return arg
  })
}

/** Numbers given one by one or as one list; empty ones do not count; of none the answer is null. */
function callNumeric(name: string, args: unknown[]): number | null {
  const list = (args.length === 1 && Array.isArray(args[0]) ? args[0] : args).filter(
    (item) => item !== null && item !== undefined,
  )
  const numbers = list.map((item) => {
    if (typeof item === 'number') return item
    const advice = typeof item === 'string' && name === 'sum' ? '; los importes se suman con money.sum' : ''
    throw new ComparisonError(`«${name}» necesita números, no ${labelOf(typeOf(item))}${advice}`)
  })
  if (numbers.length === 0) return null
  if (name === 'min') return Math.min(...numbers)
  if (name === 'max') return Math.max(...numbers)
  const total = numbers.reduce((sum, number) => sum + number, 0)
  return name === 'sum' ? total : total / numbers.length
}
