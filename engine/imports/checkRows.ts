import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { ImportDoc, ImportRowDoc, RecordDoc } from '../persistence/index.ts'
import { recordView } from '../records/index.ts'
import { currentImport, keepProgress, rewriteRows } from './importJob.ts'
import { importTargets, type ImportTarget } from './importTargets.ts'
import type { ImportUnit } from './ImportUnit.ts'
import { SHOWN_ROWS } from './importView.ts'
import { LinkFinder } from './LinkFinder.ts'
import { lastNumber, nextUnits, planOf } from './nextUnits.ts'
import { readUnit } from './readUnit.ts'
import { isSaved } from './saveTogether.ts'
import { sheetCell } from './sheetCell.ts'
import { tryTogether } from './tryTogether.ts'
import { uniqueKeys } from './uniqueKeys.ts'

const BATCH = 500

/**
 * Tries the rows of an import: each record is checked as writing it would, so that what is told here is what applying
 * meets. Goes on until `deadline`. True: all rows are checked.
 */
export async function checkRows(ctx: Ctx, entity: EntityInPack, job: ImportDoc, deadline: number): Promise<boolean> {
  const plan = planOf(entity, job)
  const targets = await importTargets(ctx, entity)
  const links = new LinkFinder(ctx, entity)
  while (performance.now() < deadline) {
    const current = await currentImport(ctx.db, job)
    const units = await nextUnits(ctx, current, plan, BATCH)
    if (units.length === 0) {
      await keepProgress(ctx, ctx.db, job, { status: 'checked', lease: null })
      return true
    }
    const { timeZone } = ctx.config
    const heads: ImportRowDoc[] = []
    for (const unit of units) {
      const { data, issues } = await readUnit(unit, { plan, fixed: job.fixed, targets, links, timeZone })
      const outcome = issues.length > 0 ? 'error' : null
      heads.push({ ...unit[0], data, issues, warnings: [], warned: false, keys: [], texts: null, outcome })
    }
    await rehearse(ctx, entity, targets, heads)
    await refuseRepeated(ctx, job, heads)
    const counts = { ...current.counts }
    for (const { outcome, warned } of heads) {
      if (outcome && outcome !== 'part') counts[outcome === 'error' ? 'errors' : outcome] += 1
      if (warned) counts.warned += 1
    }
    const cursor = lastNumber(units)
    await ctx.transaction(async (db) => {
      await rewriteRows(db, [...heads, ...partsOf(units)])
      await keepProgress(ctx, db, job, { counts, cursor })
    })
  }
  return false
}

const partsOf = (units: ImportUnit[]): ImportRowDoc[] =>
  units.flatMap(([, ...parts]) => parts.map((row): ImportRowDoc => ({ ...row, outcome: 'part' })))

async function rehearse(ctx: Ctx, entity: EntityInPack, targets: ImportTarget[], heads: ImportRowDoc[]): Promise<void> {
  const titles = new Map(targets.map(({ name, title }) => [name, title]))
  const tried = heads.filter(({ outcome }) => outcome === null) as (ImportRowDoc & { data: JsonObject })[]
  const tell = ({ path, message }: { path: string; message: string }): { field: string; message: string } => ({
    field: path,
    message: told(titles, path, message),
  })
  const results = await tryTogether(ctx, entity, tried, {
    warned: (head, warnings) => {
      head.warnings = warnings.map(tell)
    },
  })
  for (const [index, result] of results.entries()) {
    const head = tried[index]!
    if (!isSaved(result)) {
      head.outcome = 'error'
      head.issues = result.issues.map(({ field, message }) => tell({ path: field, message }))
      head.warnings = []
      continue
    }
    head.outcome = result.outcome
    // Nothing is written of a row that changes nothing.
    if (result.outcome === 'same') head.warnings = []
    head.warned = head.warnings.length > 0
    head.keys = uniqueKeys(entity, result.record.data, result.outcome !== 'new')
    if (head.number <= SHOWN_ROWS * 2) head.texts = await textsOf(ctx, entity, result.record)
  }
}

/** An issue with the title of its field, unless it says it. `lineas.0.precio` is told by its row and title. */
function told(titles: Map<string, string>, path: string, message: string): string {
  const [field = '', place, column] = path.split('.')
  const title = column ? titles.get(`${field}.${column}`) : titles.get(field)
  const line = column && place !== undefined && /^\d+$/.test(place) ? ` (línea ${Number(place) + 1})` : ''
  return title && !message.includes(title) ? `${title}${line}: ${message}` : message
}

/** Title → value of everything that the record will say. */
async function textsOf(ctx: Ctx, entity: EntityInPack, record: RecordDoc): Promise<Record<string, string>> {
  const { properties } = entity.definition
  const { data, labels } = await recordView(ctx, entity, record)
  const texts: Record<string, string> = {}
  for (const [name, property] of Object.entries(properties)) {
    const value = data[name] ?? null
    if (value === null || property['x-personal'] === 'sensitive') continue
    const cell = sheetCell(ctx, entity, property, value, data, labels[name] ?? {})
    if (cell !== null && cell !== '') texts[property.title ?? name] = String(cell)
  }
  return texts
}

/** Two rows about one record: the second is an error, for nobody could say which of them counts. */
async function refuseRepeated(ctx: Ctx, job: ImportDoc, heads: ImportRowDoc[]): Promise<void> {
  const wanted = heads.flatMap(({ keys }) => keys)
  if (wanted.length === 0) return
  const first = heads[0]!.number
  const earlier = await ctx.db.importRows.find(
    { import: job._id, keys: { $in: wanted }, number: { $lt: first } },
    { fields: ['keys', 'number'] },
  )
  const known = new Map(earlier.flatMap(({ keys, number }) => keys.map((key) => [key, number] as const)))
  for (const head of heads) {
    const repeated = head.keys.map((key) => known.get(key)).find((number) => number !== undefined)
    for (const key of head.keys) if (!known.has(key)) known.set(key, head.number)
    if (repeated === undefined || head.outcome === 'error') continue
    head.outcome = 'error'
    head.keys = []
    head.texts = null
    head.warnings = []
    head.warned = false
    head.issues = [{ field: '', message: `Repite los datos de la fila ${repeated}` }]
  }
}
