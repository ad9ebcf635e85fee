import type { Ctx } from '../../context.ts'
import type { Db } from '../../persistence/index.ts'
import { literal } from '../filters/textFilter.ts'
import { numberIn, type CodeStem } from './codePattern.ts'

/** Where a code's numbers are counted. */
export interface CodePlace {
  entity: string
  field: string
  stem: CodeStem
}

const nameOf = ({ entity, field, stem }: CodePlace): string =>
  `code:${entity}:${field}:${stem.before}\u0000${stem.after}`

/** The next number of a stem, taken: inside a transaction it leaves no gap, and nobody gets it twice. */
export async function takeNumber(ctx: Ctx, db: Db, place: CodePlace): Promise<number> {
  const id = `${ctx.tenant}:${nameOf(place)}`
  if (!(await db.counters.get(id))) {
    const greatest = await greatestNumber(db, place)
    if (greatest > 0) await db.counters.updateOne({ _id: id }, { $set: { value: greatest } }, { upsert: true })
  }
  return db.next(nameOf(place))
}

/** Counts numbers that were given after one that was taken, in the same transaction. */
export async function oweNumbers(ctx: Ctx, db: Db, place: CodePlace, count: number): Promise<void> {
  await db.counters.updateOne({ _id: `${ctx.tenant}:${nameOf(place)}` }, { $inc: { value: count } })
}

/** The number that would be next; nothing is taken. */
export async function peekNumber(ctx: Ctx, db: Db, place: CodePlace): Promise<number> {
  const counter = await db.counters.get(`${ctx.tenant}:${nameOf(place)}`)
  return (counter ? counter.value : await greatestNumber(db, place)) + 1
}

/** Of all codes that fit the stem, former ones and deleted records too: a pattern changed later never repeats one. */
async function greatestNumber(db: Db, { entity, field, stem }: CodePlace): Promise<number> {
  const pattern = { $regex: `^${literal(stem.before)}[0-9]+${literal(stem.after)}$` }
  const existing = await db
    .records(entity)
    .find({ $or: [{ [`data.${field}`]: pattern }, { aliases: pattern }] }, { fields: [`data.${field}`, 'aliases'] })
  const codes = existing.flatMap(({ data, aliases }) => [data[field], ...aliases])
  return codes.reduce<number>(
    (most, code) => Math.max(most, typeof code === 'string' ? (numberIn(code, stem) ?? 0) : 0),
    0,
  )
}
