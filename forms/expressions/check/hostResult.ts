import { ANYTHING, known, type StaticType } from './StaticType.ts'

const DECIMAL: StaticType = { ...known('string'), isDecimal: true }

/** What the built-in functions give. Of a plugin's function nothing is known. */
const RESULTS: Record<string, StaticType> = {
  'money.add': DECIMAL,
  'money.subtract': DECIMAL,
  'money.multiply': DECIMAL,
  'money.divide': { ...DECIMAL, canBeNull: true },
  'money.sum': DECIMAL,
  'money.round': DECIMAL,
  'money.convert': DECIMAL,
  'money.gt': known('boolean'),
  'money.gte': known('boolean'),
  'money.lt': known('boolean'),
  'money.lte': known('boolean'),
  'money.eq': known('boolean'),
  'money.isZero': known('boolean'),
  'text.fold': known('string'),
  'text.digits': known('string'),
  'business.between': known('number'),
  'business.isDay': known('boolean'),
}

export function hostResult(name: string): StaticType {
  return Object.hasOwn(RESULTS, name) ? RESULTS[name]! : ANYTHING
}
