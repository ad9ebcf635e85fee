import { readFact, type Fact } from '#definitions'
import { builtinFunctions, compileExpression, compileRule, typedValue, type Json, type JsonObject } from '#forms'
import { expressionActor } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, settingsOf, type EntityInPack, type InstalledPack } from '../../packs/index.ts'
import type { Db, Filter, RecordDoc } from '../../persistence/index.ts'
import { fromInForce, ON_TIMELINE } from '../timeline/timeline.ts'

/** What facts are asked about. */
export interface FactsAbout {
  installed: InstalledPack
  /** Whose `x-facts` they are. */
  entity: string
  /** Names of the facts that are wanted; one that the entity does not have is left out. */
  names: readonly string[]
  /** The record as saved, with its id; null for a new one. */
  record: (JsonObject & { id: string }) | null
  /** The record as it is being edited. */
  value: JsonObject
}

/**
 * The facts that the rules of an entity name: counts, sums and rows of other records. They are computed for the rule and
 * not for the person: no row right narrows them, and what leaves for the page is only what its expressions name.
 * While an input of `where` is empty nothing meets it, unless the rule itself compares that input with null.
 */
export async function loadFacts(ctx: Ctx, db: Db, about: FactsAbout): Promise<JsonObject> {
  const definitions = about.installed.pack.entities[about.entity]?.['x-facts'] ?? {}
  const loaded: JsonObject = {}
  // One after the other: a transaction takes one operation at a time.
  for (const name of about.names) {
    const fact = Object.hasOwn(definitions, name) && definitions[name] ? readFact(definitions[name]) : null
    if (fact) loaded[name] = await loadFact(ctx, db, about, fact)
  }
  return loaded
}

/** Fields of the value being edited that the named facts depend on: when one of them changes, they are asked again. */
export function factInputs(installed: InstalledPack, entity: string, names: readonly string[]): string[] {
  const definitions = installed.pack.entities[entity]?.['x-facts'] ?? {}
  const inputs = names.flatMap((name) => (definitions[name] && readFact(definitions[name])?.inputs) ?? [])
  return [...new Set(inputs.filter((path) => path.startsWith('value.')).map((path) => path.split('.')[1] ?? ''))]
}

async function loadFact(ctx: Ctx, db: Db, about: FactsAbout, fact: Fact): Promise<Json> {
  const value = { ...about.record, ...about.value }
  const inputs: JsonObject = { value, record: about.record ?? {} }
  if (fact.needed.some((path) => isEmpty(at(inputs, path)))) return nothing(ctx, fact)
  const rule = {
    actor: expressionActor(ctx.actor),
    settings: await settingsOf(ctx, about.installed),
    ...{ value, record: about.record, now: ctx.clock.now(), timeZone: ctx.config.timeZone },
  }
  const met = fact.where === null ? {} : compileRule(fact.where).toFilter(rule)
  const filter: Filter = { $and: [met, { deletedAt: null }] }
  const records = db.records(fact.entity)
  switch (fact.kind) {
    case 'count':
      return records.count(filter)
    case 'exists':
      return (await records.count(filter, 1)) > 0
    case 'sum':
    case 'min':
    case 'max':
      return gather(ctx, fact, await records.find(filter, { fields: [`data.${fact.field ?? ''}`] }))
    case 'one': {
      const found = await records.find(filter, { limit: 2 })
      return found.length === 1 ? rowOf(found[0], fact) : null
    }
    case 'latest': {
      const order = fact.field === null ? 'createdAt' : `data.${fact.field}`
      return rowOf(await records.findOne(filter, { sort: { [order]: -1, _id: -1 } }), fact)
    }
    case 'inForce': {
      const source = await entityOf(ctx, fact.entity)
      const day = await dayOf(ctx, about, fact, { ...rule, value })
      if (day === null) return null
      const inForce = { $and: [filter, ON_TIMELINE, fromInForce(source.definition, day)] }
      return rowOf(await records.findOne(inForce, { sort: latestFirst(source) }), fact)
    }
  }
}

/** What a fact is when nothing meets its rule. */
async function nothing(ctx: Ctx, fact: Fact): Promise<Json> {
  if (fact.kind === 'count') return 0
  if (fact.kind === 'exists') return false
  return fact.kind === 'sum' ? gather(ctx, fact, []) : null
}

const latestFirst = ({ definition }: EntityInPack): Record<string, -1> => ({
  [`data.${definition['x-effective']?.from ?? ''}`]: -1,
})

/** The day that `at` says; today where the company is without it. Null when the day is empty. */
async function dayOf(
  ctx: Ctx,
  about: FactsAbout,
  fact: Fact,
  environment: JsonObject | object,
): Promise<string | null> {
  const { definition } = await entityOf(ctx, about.entity)
  const { value, settings, actor } = environment as Record<string, JsonObject>
  const context = {
    ...{ value: typedValue(definition, value), record: typedValue(definition, about.record ?? {}) },
    ...{ settings, actor },
  }
  const day = compileExpression(fact.at ?? 'today()').evaluate(context, {
    functions: about.installed.functions,
    now: ctx.clock.now(),
    timeZone: ctx.config.timeZone,
    absent: ['value', 'record', 'settings', 'actor'],
  })
  return typeof day === 'string' ? day.slice(0, 10) : null
}

function rowOf(record: RecordDoc | null | undefined, { fields }: Fact): Json {
  if (!record) return null
  const data = fields ? Object.fromEntries(fields.map((field) => [field, record.data[field] ?? null])) : record.data
  return { ...data, id: record._id }
}

/** Total, least or greatest of a field; amounts are decimal texts, counted exactly. Empty ones do not count. */
async function gather(ctx: Ctx, { kind, entity, field }: Fact, records: RecordDoc[]): Promise<Json> {
  const values = records.map(({ data }) => data[field ?? ''] ?? null).filter((value) => value !== null)
  if (kind === 'sum') {
    const { definition } = await entityOf(ctx, entity)
    if (definition.properties[field ?? '']?.type !== 'integer') return sumOf(values)
    return (values as number[]).reduce((total, value) => total + value, 0)
  }
  const [first, ...rest] = values
  if (first === undefined) return null
  return rest.reduce((best, value) => (isBefore(value, best) === (kind === 'min') ? value : best), first)
}

const DECIMAL = /^-?\d+(\.\d+)?$/
const sumOf = builtinFunctions['money.sum'] as unknown as (list: Json[]) => Json
const lessThan = builtinFunctions['money.lt'] as unknown as (a: Json, b: Json) => unknown

function isBefore(a: Json, b: Json): boolean {
  const isAmount = (value: Json): boolean => typeof value === 'string' && DECIMAL.test(value)
  if (isAmount(a) && isAmount(b)) return lessThan(a, b) === true
  return (a as string | number) < (b as string | number)
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const at = (root: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((value, key) => (value as JsonObject | null | undefined)?.[key], root)
