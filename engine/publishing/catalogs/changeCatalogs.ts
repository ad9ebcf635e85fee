import type { JsonObject } from '#forms'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  catalogsId,
  packsOf,
  type CatalogChanges,
  type CatalogRowChange,
  type CatalogsOverlay,
} from '../../packs/index.ts'
import { difference } from '../../records/index.ts'
import { editableCatalog, type EditableCatalog } from './catalogAccess.ts'

/** Somebody changed a catalogue of the pack between the checks and the write. */
class CatalogMoved extends Error {}
const TRIES = 5

/** Does the work on the catalogue as it is; again when somebody else changed it meanwhile. 503 `busy` after five times. */
export async function onCatalog<T>(ctx: Ctx, name: string, work: (target: EditableCatalog) => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      return await work(await editableCatalog(ctx, name))
    } catch (error) {
      if (!(error instanceof CatalogMoved)) throw error
    }
  }
  throw new CauceError('busy')
}

/**
 * Writes what the company says of a catalogue, in one transaction with its row of the audit; in force at once here,
 * within a second in other processes. Only within `onCatalog`.
 */
export async function changeCatalog(
  ctx: Ctx,
  target: EditableCatalog,
  row: { key: string; title: string; before: JsonObject | null; after: JsonObject | null },
  changed: CatalogChanges,
): Promise<void> {
  const _id = catalogsId(ctx.tenant, target.installed.name)
  await ctx.transaction(async (db) => {
    const saved = await db.settings.get(_id)
    if ((saved?.revision ?? 0) !== target.revision) throw new CatalogMoved()
    const overlay = (saved?.values ?? {}) as unknown as CatalogsOverlay
    const values = { ...overlay, [target.name]: changed } as unknown as JsonObject
    await db.settings.findOneAndUpdate({ _id }, { $set: { values }, $inc: { revision: 1 } }, { upsert: true })
    await writeAudit(ctx, db, {
      action: 'catalog.changed',
      thing: 'catalog',
      label: `${target.catalog.title}: ${row.title}`,
      changes: difference(row.before ?? {}, row.after ?? {}),
      details: { catalog: target.catalog.title, key: row.key },
    })
  })
  packsOf(ctx).refresh()
}

/** The changes with another one for a row. 428 without revision, 412 when somebody changed that row since it was read. */
export function replaceRow(
  changes: CatalogChanges,
  revision: number | null,
  next: Omit<CatalogRowChange, 'revision'>,
): CatalogChanges {
  if (revision === null) throw new CauceError('record.revision-required')
  const before = changes.rows.find(({ key }) => key === next.key)
  if ((before?.revision ?? 0) !== revision) throw new CauceError('catalog.stale')
  const change = { ...next, revision: revision + 1 }
  const rows = before ? changes.rows.map((row) => (row === before ? change : row)) : [...changes.rows, change]
  return { ...changes, rows }
}
