import { readFact, type Fact } from '#definitions'
import { compileRule, ExpressionError, valueAt, type Json, type RowRule } from '#forms'
import type { Ctx } from '../../context.ts'
import { packsOf, type InstalledPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import { formulasIn, pathsOf } from './computedFrom.ts'

/** A record before and after a change; null where there was none, or is none any more. */
export interface Change {
  entity: string
  before: RecordDoc | null
  after: RecordDoc | null
  /** Names of fields. */
  changed: ReadonlySet<string>
}

/** Records of `entity` hold something computed from a fact about the records of another entity, or of their own. */
interface FactHolder {
  entity: string
  fact: Fact
  rule: RowRule | null
}

/** Records that may hold what a fact said before a change: all of which each field holds one of the values. */
export interface Holders {
  entity: string
  holding: { field: string; values: Json[] }[]
}

const known = new WeakMap<InstalledPack, FactHolder[]>()

/**
 * Whose stored values (`x-computed`, always) read a fact that this change may turn into another one. They are found by
 * what the rule of the fact holds equal; a fact without such a link concerns every record of its entity.
 */
export async function computedFromFacts(ctx: Ctx, change: Change): Promise<Holders[]> {
  const holders = (await packsOf(ctx).all(ctx)).flatMap(holdersIn)
  return holders
    .filter((holder) => holder.fact.entity === change.entity && concerns(holder, change))
    .map(({ entity, rule }) => ({
      entity,
      holding: (rule?.links ?? []).map(({ field, input }) => ({
        field: /^(value|record)\.id$/.test(input) ? '_id' : `data.${input.split('.').slice(1).join('.')}`,
        values: valuesOf(change, field),
      })),
    }))
}

function holdersIn(installed: InstalledPack): FactHolder[] {
  let found = known.get(installed)
  if (!found) {
    found = Object.entries(installed.pack.entities).flatMap(([entity, definition]) => {
      const paths = formulasIn(definition).flatMap(pathsOf)
      const names = new Set(paths.flatMap((path) => (path.startsWith('facts.') ? [path.split('.')[1] ?? ''] : [])))
      return Object.entries(definition['x-facts'] ?? {}).flatMap(([name, given]): FactHolder[] => {
        const fact = names.has(name) ? readFact(given) : null
        return fact ? [{ entity, fact, rule: fact.where === null ? null : ruleOf(fact.where) }] : []
      })
    })
    known.set(installed, found)
  }
  return found
}

/** Numbers read their rule and one field; of a row any field may be read. */
function concerns({ fact, rule }: FactHolder, { before, after, changed }: Change): boolean {
  if (!before || !after || fact.kind === 'one' || fact.kind === 'latest' || fact.kind === 'inForce') return true
  const read = [fact.field ?? '', ...(rule?.paths ?? [])].map((path) => path.split('.')[0] ?? '')
  return read.some((field) => changed.has(field))
}

/** What the field holds before and after: those that it left follow too. */
function valuesOf({ before, after }: Change, field: string): Json[] {
  const held = [before, after].flatMap((record) => (record ? [at(record, field)].flat() : []))
  return [...new Set(held)].filter((value) => value !== null)
}

const at = ({ _id, data }: RecordDoc, field: string): Json => (field === 'id' ? _id : (valueAt(data, field) ?? null))

function ruleOf(where: string): RowRule | null {
  try {
    return compileRule(where)
  } catch (error) {
    if (error instanceof ExpressionError) return null
    throw error
  }
}
