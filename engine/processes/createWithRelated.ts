import type { RecordView } from '#engine/contract'
import type { RelatedDefinition } from '#definitions'
import { startOfRelated, type Issue, type JsonObject } from '#forms'
import { within, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import { createRecord, startingProcess, updateRecord, visibleRecord } from '../records/index.ts'
import { startProcess } from './startProcess.ts'

/** One record beside the new one: made with it (`data`), or a record that nobody holds yet (`id`). */
export type RelatedRow = { data: JsonObject } | { id: string }

export interface CreateWithRelatedInput {
  entity: string
  data: JsonObject
  /** By the name of an inline `x-related`: records that will refer to the new one. */
  related?: Record<string, RelatedRow[]>
  /** The person saw the warnings and goes on. */
  warned?: boolean
}

/**
 * Creates a record and those that refer to it in one transaction: all of them, or nothing. Each is made as it would be
 * alone, by the same person with the same checks; where a process makes such records, it is started. 422: the issues of a
 * row have the path `related.<name>.<row>.<field>`. Otherwise as `createRecord`.
 */
export async function createWithRelated(ctx: Ctx, input: CreateWithRelatedInput): Promise<RecordView> {
  const related = Object.entries(input.related ?? {}).filter(([, rows]) => rows.length > 0)
  if (related.length === 0) return createRecord(ctx, input)
  const { definition } = await entityOf(ctx, input.entity)
  const links = related.map(([name, rows]) => {
    const link = Object.hasOwn(definition['x-related'] ?? {}, name) ? definition['x-related']?.[name] : undefined
    if (!link?.inline) throw new CauceError('request.invalid')
    return { name, link, rows }
  })
  return ctx.transaction(async (db) => {
    const inside = within(ctx, db)
    const parent = await createRecord(inside, input)
    const issues: Issue[] = []
    for (const { name, link, rows } of links)
      for (const [index, row] of rows.entries())
        issues.push(
          ...(await issuesOf(`related.${name}.${index}`, () => join(inside, link, parent, row, input.warned === true))),
        )
    if (issues.some(({ level }) => level === 'error')) throw new CauceError('form.invalid', {}, { issues })
    if (issues.length > 0) throw new CauceError('form.warned', {}, { issues })
    return parent
  })
}

async function join(
  ctx: Ctx,
  { entity, by, ...start }: RelatedDefinition,
  { id: parent, data: held }: RecordView,
  row: RelatedRow,
  warned: boolean,
): Promise<void> {
  const other = await entityOf(ctx, entity)
  // A field that refers to several records may name others beside the new one.
  const isList = other.definition.properties[by]?.type === 'array'
  if ('id' in row) {
    const joined = await visibleRecord(ctx, ctx.db, other, row.id)
    const named = joined.data[by] ?? null
    if (named !== null && !isList) {
      const message = `${joined.label} ya pertenece a otro registro.`
      const issue: Issue = { path: '', rule: 'related', params: {}, message, level: 'error' }
      throw new CauceError('form.invalid', {}, { issues: [issue] })
    }
    const next = isList ? [...(Array.isArray(named) ? named : []), parent] : parent
    await updateRecord(ctx, { entity, id: row.id, revision: joined.revision, data: { [by]: next }, warned: true })
    return
  }
  const { set, copy } = startOfRelated(start, held)
  const data = { ...copy, ...row.data, ...set, [by]: isList ? [parent] : parent }
  const process = await startingProcess(ctx, entity)
  if (process) await startProcess(ctx, { process, data, warned: true })
  else await createRecord(ctx, { entity, data, warned })
}

/** What is wrong with a row, told at its place; the work goes on, so that a person hears of all rows at once. */
async function issuesOf(place: string, work: () => Promise<void>): Promise<Issue[]> {
  try {
    await work()
    return []
  } catch (error) {
    if (!(error instanceof CauceError)) throw error
    const found = (error.issues ?? []).map((issue) => ({
      ...issue,
      path: issue.path ? `${place}.${issue.path}` : place,
    }))
    if (found.length === 0) throw error
    // The store has refused something: this transaction is over, and what follows could only fail.
    if (error.cause !== undefined) throw new CauceError('form.invalid', {}, { issues: found, cause: error })
    return found
  }
}
