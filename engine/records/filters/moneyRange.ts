import { builtinFunctions, compileExpression, type FormSchema, type Json, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { settingsOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { loadFacts } from '../environment/loadFacts.ts'
import type { Range } from './fieldFilter.ts'

/** Amounts of up to thirteen digits before the point are looked at: more than any price. */
const LARGEST = 10 ** 15

const isAtLeast = builtinFunctions['money.gte'] as unknown as (a: Json, b: Json) => unknown
const isAtMost = builtinFunctions['money.lte'] as unknown as (a: Json, b: Json) => unknown

/**
 * Records whose amount lies between two others, both included, where the field says how amounts of another currency
 * compare (`x-exchange`). The limits are in the currency that a form proposes; what is in another one is met when its
 * equivalent of today, rounded as people see it, lies between them. Without a rate it is not met. Null for a field that
 * does not say so. Source: FM-D-061.
 */
export async function moneyRange(ctx: Ctx, entity: EntityInPack, name: string, range: Range): Promise<Filter | null> {
  const { definition, installed } = entity
  const property = definition.properties[name] ?? {}
  const [formula, currency] = [property['x-exchange'], property['x-money']]
  const of = typeof currency === 'string' ? definition.properties[currency] : undefined
  if (typeof formula !== 'string' || typeof currency !== 'string' || !of) return null
  const limits = { from: limitOf(range.from), to: limitOf(range.to) }
  if (limits.from === null && limits.to === null) throw new CauceError('request.invalid')

  const expression = compileExpression(formula)
  const names = expression.paths.flatMap((path) => (path.startsWith('facts.') ? [path.split('.')[1] ?? ''] : []))
  const about = { installed, entity: entity.key, names, record: null, value: {} }
  const known: JsonObject = { facts: await loadFacts(ctx, ctx.db, about), settings: await settingsOf(ctx, installed) }
  const { functions } = installed
  const options = { functions, now: ctx.clock.now(), timeZone: ctx.config.timeZone, absent: ['facts', 'settings'] }
  const [own, ...others] = currenciesOf(of)
  const ways: Filter[] = [met(name, currency, own ?? null, numbersOf(limits))]
  for (const from of others) {
    const convert = (amount: string): Json => expression.evaluate({ ...known, amount, from, to: own ?? null }, options)
    const bounds = boundsIn(convert, limits, scaleOf(property))
    if (bounds) ways.push(met(name, currency, from, bounds))
  }
  return { $or: ways }
}

/** The currencies of a field, the one that forms propose first. */
function currenciesOf(field: FormSchema): string[] {
  const values = (field.enum ?? field.oneOf?.map((option) => option.const) ?? []).map(String)
  const first = typeof field.default === 'string' ? field.default : values[0]
  return [...new Set([...(first === undefined ? [] : [first]), ...values])]
}

interface Limits {
  from: string | null
  to: string | null
}
interface Bounds {
  $gte?: number
  $lte?: number
}

const met = (name: string, currency: string, value: string | null, bounds: Bounds): Filter => ({
  [`data.${currency}`]: value,
  [`keys.${name}`]: bounds,
})

const numbersOf = ({ from, to }: Limits): Bounds => ({
  ...(from !== null && { $gte: Number(from) }),
  ...(to !== null && { $lte: Number(to) }),
})

/**
 * The limits in another currency. A conversion grows with its amount, so that the least amount whose equivalent reaches
 * a limit is found by halving: exactly as people see the equivalents, whatever the side and the rounding.
 */
function boundsIn(convert: (amount: string) => Json, { from, to }: Limits, scale: number): Bounds | null {
  const unit = 10 ** scale
  const equivalent = (units: number): Json => convert((units / unit).toFixed(scale))
  if (equivalent(unit) === null) return null
  const bounds: Bounds = {}
  if (from !== null) bounds.$gte = firstWhere((units) => isAtLeast(equivalent(units), from) === true) / unit
  if (to !== null) bounds.$lte = (firstWhere((units) => isAtMost(equivalent(units), to) !== true) - 1) / unit
  return bounds
}

/** The first whole number for which something holds that holds from there on. */
function firstWhere(holds: (units: number) => boolean): number {
  let [low, high] = [-LARGEST, LARGEST]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

function limitOf(text: string | undefined): string | null {
  if (text === undefined || text.trim() === '') return null
  if (!/^-?\d{1,13}(\.\d{1,10})?$/.test(text.trim())) throw new CauceError('request.invalid')
  return text.trim()
}

const scaleOf = (property: FormSchema): number => {
  const decimal = property['x-decimal'] as { scale?: number } | true | undefined
  return typeof decimal === 'object' && decimal.scale !== undefined ? decimal.scale : 2
}
