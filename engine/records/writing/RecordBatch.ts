import type { Json, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { settingsOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, Filter, RecordDoc } from '../../persistence/index.ts'
import { codeField } from '../schema/annotations.ts'
import { oweNumbers, peekNumber, takeNumber, type CodePlace } from '../codes/index.ts'
import { uniqueRules, type UniqueRule } from '../unique/index.ts'

/**
 * Records of one entity that are tried, or written, one after the other: what each of them would ask the store is asked
 * once for all. Where two of them are in each other's way, or somebody else is quicker, the unique index refuses.
 */
export class RecordBatch {
  readonly #entity: EntityInPack
  /** Nothing is written: numbers are only looked at. */
  readonly isDry: boolean
  /** Values that were asked about, and those of them that a record has. */
  readonly #asked = new Set<string>()
  readonly #taken = new Set<string>()
  /** The last number of each sequence, and how many of them the store does not know of. */
  readonly #numbers = new Map<string, { place: CodePlace; last: number; owed: number }>()

  private constructor(entity: EntityInPack, isDry: boolean) {
    this.#entity = entity
    this.isDry = isDry
  }

  /** `values`: what the records will say, as far as it is known. In a transaction where they are written. */
  static async of(
    ctx: Ctx,
    db: Db,
    entity: EntityInPack,
    values: JsonObject[],
    { isDry }: { isDry: boolean },
  ): Promise<RecordBatch> {
    const batch = new RecordBatch(entity, isDry)
    const settings = await settingsOf(ctx, entity.installed)
    for (const rule of uniqueRules(entity.definition, settings)) {
      if (!rule.indexed || rule.code) continue
      const given = values.map((value) => rule.fields.map((field) => value[field] ?? null))
      await batch.#ask(db, rule.fields, given)
    }
    return batch
  }

  /** True where it is known that no record has these values; the code's, which is given later, only its index knows. */
  readonly isFree = (rule: UniqueRule, values: Json[]): boolean => {
    if (!rule.indexed) return false
    if (rule.code) return true
    const key = keyOf(rule.fields, values)
    return this.#asked.has(key) && !this.#taken.has(key)
  }

  /** The next number of a code. */
  readonly nextNumber = async (ctx: Ctx, db: Db, place: CodePlace): Promise<number> => {
    const key = JSON.stringify([place.field, place.stem])
    const known = this.#numbers.get(key)
    if (known) {
      known.last += 1
      known.owed += 1
      return known.last
    }
    const last = await (this.isDry ? peekNumber(ctx, db, place) : takeNumber(ctx, db, place))
    this.#numbers.set(key, { place, last, owed: 0 })
    return last
  }

  /** Writes the numbers that were given, in the transaction of their records. */
  async settle(ctx: Ctx, db: Db): Promise<void> {
    for (const { place, owed } of this.#numbers.values()) if (owed > 0) await oweNumbers(ctx, db, place, owed)
  }

  /** Of records that were tried: those whose code another one has. */
  async withTakenCodes(db: Db, records: RecordDoc[]): Promise<Set<string>> {
    const field = codeField(this.#entity.definition)
    if (field === null) return new Set()
    const given = records.map(({ data }) => [data[field] ?? null])
    const found = await this.#ask(db, [field], given)
    const others = new Map(found.map(({ _id, data }) => [keyOf([field], [data[field] ?? null]), _id]))
    const isTaken = ({ _id, data }: RecordDoc): boolean =>
      (others.get(keyOf([field], [data[field] ?? null])) ?? _id) !== _id
    return new Set(records.filter(isTaken).map(({ _id }) => _id))
  }

  async #ask(db: Db, fields: string[], given: Json[][]): Promise<RecordDoc[]> {
    const complete = given.filter((values) => values.every((value) => value !== null && value !== ''))
    if (complete.length === 0) return []
    for (const values of complete) this.#asked.add(keyOf(fields, values))
    const among: Filter = {}
    for (const [index, field] of fields.entries())
      among[`data.${field}`] = { $in: [...new Set(complete.map((values) => values[index]))] }
    const found = await db
      .records(this.#entity.key)
      .find({ ...among, deletedAt: null }, { fields: fields.map((field) => `data.${field}`) })
    for (const { data } of found)
      this.#taken.add(
        keyOf(
          fields,
          fields.map((field) => data[field] ?? null),
        ),
      )
    return found
  }
}

const keyOf = (fields: string[], values: Json[]): string => JSON.stringify([fields, values])
