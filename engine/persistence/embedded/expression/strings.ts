import { compareText } from '../bson/compare.ts'
import { BinaryValue, doc, int32, isDoc, RegexValue, typeName, type Doc, type Value } from '../bson/values.ts'
import { encode } from '../bson/encode.ts'
import { StoreError } from '../errors.ts'
import { compileRegex } from '../query/regex.ts'
import { isNullish, namedOperands, nary, needString, needWhole, unary } from './operands.ts'
import type { Evaluate, Operator, Operators } from './operator.ts'
import { toText } from './toText.ts'

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

const changed = (name: string, apply: (text: string) => string): Operator =>
  unary((value) => (isNullish(value) ? '' : apply(toText(value, name))))

// MongoDB's case operators know ASCII only.
const upper = (text: string): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase())
const lower = (text: string): string => text.replace(/[A-Z]+/g, (part) => part.toLowerCase())

function substrBytes(value: Value | undefined, startValue: Value | undefined, lengthValue: Value | undefined): Value {
  const bytes = utf8(isNullish(value) ? '' : toText(value, '$substrBytes'))
  const start = needWhole(startValue, '$substrBytes')
  const length = needWhole(lengthValue, '$substrBytes')
  if (start < 0) throw new StoreError(50752, '$substrBytes: starting index must be non-negative')
  if (start >= bytes.length) return ''
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length)
  if (isMiddle(bytes, start))
    throw new StoreError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.')
  if (isMiddle(bytes, end))
    throw new StoreError(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.')
  return bytes.toString('utf8', start, end)
}

const isMiddle = (bytes: Buffer, at: number): boolean => at < bytes.length && (bytes[at]! & 0xc0) === 0x80

function substrPoints(value: Value | undefined, startValue: Value | undefined, lengthValue: Value | undefined): Value {
  const points = [...(isNullish(value) ? '' : toText(value, '$substrCP'))]
  const start = needWhole(startValue, '$substrCP')
  const length = needWhole(lengthValue, '$substrCP')
  if (start < 0 || length < 0) throw new StoreError(34453, '$substrCP: starting index and length must be non-negative')
  return points.slice(start, start + length).join('')
}

function indexOf(
  name: string,
  [text, part, startValue, endValue]: (Value | undefined)[],
  split: (text: string) => string[] | Buffer,
): Value {
  if (isNullish(text)) return null
  if (typeof text !== 'string')
    throw new StoreError(40091, `${name} requires a string as the first argument, found: ${typeName(text)}`)
  if (typeof part !== 'string')
    throw new StoreError(40092, `${name} requires a string as the second argument, found: ${typeName(part)}`)
  const whole = split(text)
  const sought = split(part)
  const start = startValue === undefined ? 0 : needWhole(startValue, name)
  const end = endValue === undefined ? whole.length : Math.min(whole.length, needWhole(endValue, name))
  if (start < 0 || end < 0) throw new StoreError(40097, `${name} requires a nonnegative index`)
  for (let at = start; at + sought.length <= end; at++)
    if (Array.prototype.every.call(sought, (unit, index) => whole[at + index] === unit)) return int32(at)
  return int32(-1)
}

function trim(left: boolean, right: boolean): Operator {
  return (spec, compile, name) => {
    const { input, chars } = namedOperands(spec, name, ['input'], ['chars'])
    const text = compile(input)
    const set = chars === undefined ? undefined : compile(chars)
    return (scope) => {
      const value = text(scope)
      if (isNullish(value)) return null
      if (typeof value !== 'string')
        throw new StoreError(50699, `${name} requires its input to be a string, got ${typeName(value)}`)
      const given = set?.(scope)
      if (set && isNullish(given)) return null
      // White space as MongoDB lists it, NUL included.
      const unwanted = new Set(
        typeof given === 'string'
          ? [...given]
          : [...'\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'],
      )
      const points = [...value]
      let from = 0
      let to = points.length
      if (left) while (from < to && unwanted.has(points[from]!)) from++
      if (right) while (to > from && unwanted.has(points[to - 1]!)) to--
      return points.slice(from, to).join('')
    }
  }
}

function regexOperator(apply: (pattern: RegExp, text: string) => Value, missing: Value): Operator {
  return (spec, compile, name) => {
    const { input, regex, options } = namedOperands(spec, name, ['input', 'regex'], ['options'])
    const text = compile(input)
    const pattern = compile(regex)
    const flags: Evaluate = options === undefined ? () => undefined : compile(options)
    const cache = new Map<string, RegExp>()
    return (scope) => {
      const value = text(scope)
      const source = pattern(scope)
      if (isNullish(value) || isNullish(source)) return missing
      if (typeof value !== 'string') throw new StoreError(51104, `${name} needs 'input' to be of type string`)
      const given = flags(scope)
      if (!isNullish(given) && typeof given !== 'string')
        throw new StoreError(51106, `${name} needs 'options' to be of type string`)
      let letters = typeof given === 'string' ? given : ''
      let expression: string
      if (source instanceof RegexValue) {
        if (source.options && letters)
          throw new StoreError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`)
        expression = source.pattern
        letters ||= source.options
      } else if (typeof source === 'string') expression = source
      else throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`)
      const key = `${letters}/${expression}`
      let compiled = cache.get(key)
      if (!compiled) cache.set(key, (compiled = compileRegex(expression, letters)))
      return apply(compiled, value)
    }
  }
}

function matchDoc(found: RegExpExecArray): Doc {
  return doc({
    match: found[0],
    idx: int32([...found.input.slice(0, found.index)].length),
    // A group that took no part is undefined, whatever the types say.
    captures: (found.slice(1) as (string | undefined)[]).map((group): Value => group ?? null),
  })
}

function replace(all: boolean): Operator {
  return (spec, compile, name) => {
    const { input, find, replacement } = namedOperands(spec, name, ['input', 'find', 'replacement'])
    const parts = [compile(input), compile(find), compile(replacement)]
    return (scope) => {
      const values = parts.map((part) => part(scope))
      if (values.some(isNullish)) return null
      const [text, sought, by] = values.map((value) => needString(value, name)) as [string, string, string]
      if (all) return sought === '' ? text : text.split(sought).join(by)
      const at = text.indexOf(sought)
      return at < 0 ? text : text.slice(0, at) + by + text.slice(at + sought.length)
    }
  }
}

const size = (value: Value | undefined, name: string): Value => {
  if (isNullish(value)) return null
  if (!isDoc(value)) throw new StoreError(31393, `${name} requires a document input, found: ${typeName(value)}`)
  return int32(encode(value).length)
}

export const strings: Operators = {
  $concat: nary(0, Infinity, (values) => {
    if (values.some(isNullish)) return null
    return values
      .map((value) => {
        if (typeof value !== 'string')
          throw new StoreError(16702, `$concat only supports strings, not ${typeName(value)}`)
        return value
      })
      .join('')
  }),
  $toUpper: changed('$toUpper', upper),
  $toLower: changed('$toLower', lower),
  $substr: nary(3, 3, ([value, start, length]) => substrBytes(value, start, length)),
  $substrBytes: nary(3, 3, ([value, start, length]) => substrBytes(value, start, length)),
  $substrCP: nary(3, 3, ([value, start, length]) => substrPoints(value, start, length)),
  $strLenBytes: unary((value) => int32(utf8(needString(value, '$strLenBytes')).length)),
  $strLenCP: unary((value) => int32([...needString(value, '$strLenCP')].length)),
  $strcasecmp: nary(2, 2, ([a, b]) =>
    int32(
      compareText(
        upper(isNullish(a) ? '' : toText(a, '$strcasecmp')),
        upper(isNullish(b) ? '' : toText(b, '$strcasecmp')),
      ),
    ),
  ),
  $indexOfBytes: nary(2, 4, (values) => indexOf('$indexOfBytes', values, utf8)),
  $indexOfCP: nary(2, 4, (values) => indexOf('$indexOfCP', values, (text) => [...text])),
  $split: nary(2, 2, ([text, separator]) => {
    if (isNullish(text) || isNullish(separator)) return null
    if (typeof text !== 'string' || typeof separator !== 'string')
      throw new StoreError(40085, '$split requires strings')
    if (separator === '') throw new StoreError(40087, '$split requires a non-empty separator')
    return text.split(separator)
  }),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $regexMatch: regexOperator((pattern, text) => pattern.test(text), false),
  $regexFind: regexOperator((pattern, text) => {
    const found = pattern.exec(text)
    return found ? matchDoc(found) : null
  }, null),
  $regexFindAll: regexOperator(
    (pattern, text) => [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(matchDoc),
    [],
  ),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $binarySize: unary((value) => {
    if (isNullish(value)) return null
    if (typeof value === 'string') return int32(utf8(value).length)
    if (value instanceof BinaryValue) return int32(value.bytes.length)
    throw new StoreError(51276, `$binarySize requires a string or BinData argument, found: ${typeName(value)}`)
  }),
  $bsonSize: unary((value) => size(value, '$bsonSize')),
}
