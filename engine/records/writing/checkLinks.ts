import type { CatalogDefinition } from '#definitions'
import { narrowedBy, type FormSchema, type Issue, type Json, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { checkFileAgainst } from '../../files/index.ts'
import { catalogsInForce, type InstalledPack } from '../../packs/index.ts'
import type { Db } from '../../persistence/index.ts'
import { catalogOf, fileOf, referenceOf } from '../schema/annotations.ts'
import { referenceProblem } from '../choices/index.ts'
import { rowsAbove } from '../schema/rowsAbove.ts'
import { walkValues } from '../schema/walkValues.ts'

/**
 * Checks what a value points at: references exist and this actor may see them, catalogue keys exist and fit their parent,
 * files exist, are of the right kind, and are this person's to attach. `unchanged` values (already on the record) pass.
 */
export async function checkLinks(
  ctx: Ctx,
  db: Db,
  input: {
    installed: InstalledPack
    schema: FormSchema
    value: JsonObject
    before: JsonObject | null
    recordId: string | null
  },
): Promise<Issue[]> {
  const issues: Issue[] = []
  // One after the other: a transaction takes one operation at a time.
  const pending: (() => Promise<void>)[] = []
  const known = new Set<Json>()
  const catalogs = await catalogsInForce(ctx, input.installed)
  /** Catalogue and key of what the record holds already: a row withdrawn since stays where it is. */
  const heldRows = new Set<string>()
  if (input.before)
    walkValues(input.schema, input.before, (_path, schema, value) => {
      const catalog = catalogOf(schema)
      if (catalog) heldRows.add(`${catalog.catalog}:${String(value)}`)
      else if (fileOf(schema) ?? referenceOf(schema)) known.add(value)
    })
  walkValues(input.schema, input.value, (path, schema, value, parent) => {
    if (typeof value !== 'string') return
    const issue = (rule: string, message: string): void =>
      void issues.push({ path, rule, params: {}, message, level: 'error' })
    const reference = referenceOf(schema)
    const catalog = catalogOf(schema)
    const file = fileOf(schema)
    if (reference) {
      pending.push(async () => {
        const form = { ...input.value, ...parent }
        const problem = await referenceProblem(ctx, db, reference, value, { ...input, form, isHeld: known.has(value) })
        if (problem) issue(problem.rule, problem.message)
      })
    } else if (catalog) {
      const definition = catalogs[catalog.catalog]
      const row = definition?.rows.find((candidate) => candidate[definition.key] === value)
      if (!row) issue('catalog', 'Elija un valor de la lista.')
      else if (row.inactive === true && !heldRows.has(`${catalog.catalog}:${value}`))
        issue('catalog', 'Este valor ya no se usa. Elija otro de la lista.')
      else if (catalog.parents.length > 0 && !isWithin(catalogs, catalog, row, parent)) {
        issue('catalog-parent', 'No corresponde a lo elegido antes. Elija de nuevo.')
      }
    } else if (file && !known.has(value)) {
      pending.push(async () => {
        const problem = await fileProblem(ctx, db, value, file, input.recordId)
        if (problem) issues.push({ ...problem, path })
      })
    }
  })
  for (const check of pending) await check()
  return issues
}

/** The row belongs to what was chosen above it; while nothing is, it belongs nowhere. */
function isWithin(
  catalogs: Record<string, CatalogDefinition>,
  { catalog, parents }: { catalog: string; parents: string[] },
  row: JsonObject,
  values: JsonObject,
): boolean {
  if (catalogs[catalog]?.parent === undefined) return true
  const narrowing = narrowedBy(parents, values)
  const above = narrowing && rowsAbove(catalogs, catalog, row)[narrowing.level]
  return above !== null && above !== undefined && narrowing!.keys.includes(above.key)
}

async function fileProblem(
  ctx: Ctx,
  db: Db,
  id: string,
  annotation: { types?: string[]; max?: string },
  recordId: string | null,
): Promise<Issue | null> {
  const info = await db.fileInfos.get(id)
  const attachedHere = info?.record !== null && info?.record !== undefined && info.record.id === recordId
  const mine = info?.record === null && (info.uploadedBy === ctx.actor.id || ctx.actor.front === null)
  if (!info || !(attachedHere || mine)) {
    return {
      path: '',
      rule: 'file',
      params: {},
      message: 'No encontramos el archivo. Adjúntelo de nuevo.',
      level: 'error',
    }
  }
  return checkFileAgainst(info, annotation)
}
