import type { CatalogRowView } from '#engine/contract'
import { checkForm, foldText, type Issue, type Json, type JsonObject } from '#forms'
import { expressionActor } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { catalogForm, catalogsInForce } from '../../packs/index.ts'
import { catalogOf, titleColumnOf } from '../../records/index.ts'
import { editableCatalog, type EditableCatalog } from './catalogAccess.ts'
import { changeCatalog, onCatalog, replaceRow } from './changeCatalogs.ts'
import { rowViews } from './findCatalogRows.ts'

const LONGEST_KEY = 60
const KEY_STAYS = 'La clave no se cambia: los registros la guardan.'

/** Adds a row. Its key is the person's where the catalogue shows keys, else made of its name. 403, 404, 422. */
export async function createCatalogRow(ctx: Ctx, name: string, data: JsonObject): Promise<CatalogRowView> {
  const key = await onCatalog(ctx, name, async (target) => {
    const { catalog, changes } = target
    const value = await checkRow(ctx, target, data, null)
    const asked = value[catalog.key]
    const named = String(value[titleColumnOf(catalog)] ?? '')
    const key = typeof asked === 'string' ? asked : freeKey(target, named)
    if (catalog.rows.some((row) => row[catalog.key] === key)) {
      const message = 'Ya existe una fila con esta clave.'
      throw new CauceError('form.invalid', {}, { issues: [issueOf(catalog.key, 'unique', message)] })
    }
    // A row of that key that was taken away comes back as this one.
    const revision = changes.rows.find((row) => row.key === key)?.revision ?? 0
    const after = { key, title: named || key, before: null, after: value }
    await changeCatalog(ctx, target, after, replaceRow(changes, revision, { key, data: value }))
    return key
  })
  return rowNow(ctx, name, key)
}

export interface UpdateCatalogRowInput {
  catalog: string
  key: string
  revision: number | null
  /** Columns that change; absent: none. */
  data?: JsonObject
  inactive?: boolean
}

/** Changes a row, or says whether it is still offered. Its key stays. 403, 404, 412 `catalog.stale`, 422, 428. */
export async function updateCatalogRow(ctx: Ctx, input: UpdateCatalogRowInput): Promise<CatalogRowView> {
  await onCatalog(ctx, input.catalog, async (target) => {
    const { catalog, changes, given } = target
    const isIt = (row: JsonObject): boolean => row[catalog.key] === input.key
    const row = catalog.rows.find(isIt)
    if (!row) throw new CauceError('thing.not-found')
    const { inactive: wasInactive, ...before } = row
    const after = input.data ? await checkRow(ctx, target, { ...before, ...input.data }, before) : before
    const inactive = input.inactive ?? wasInactive === true
    const data = differing(given.find(isIt) ?? {}, after)
    await changeCatalog(
      ctx,
      target,
      {
        key: input.key,
        title: String(after[titleColumnOf(catalog)] ?? input.key),
        before: { ...before, inactive: wasInactive === true },
        after: { ...after, inactive },
      },
      replaceRow(changes, input.revision, { key: input.key, data, inactive }),
    )
  })
  return rowNow(ctx, input.catalog, input.key)
}

/** Only what the company says otherwise than the pack, so that a newer pack still mends the rest. */
const differing = (given: JsonObject, after: JsonObject): JsonObject =>
  Object.fromEntries(
    [...new Set([...Object.keys(given), ...Object.keys(after)])]
      .filter((column) => column !== 'inactive' && (given[column] ?? null) !== (after[column] ?? null))
      .map((column): [string, Json] => [column, after[column] ?? null]),
  )

async function rowNow(ctx: Ctx, name: string, key: string): Promise<CatalogRowView> {
  const target = await editableCatalog(ctx, name)
  const row = target.catalog.rows.find((candidate) => candidate[target.catalog.key] === key)
  if (!row) throw new CauceError('thing.not-found')
  return rowViews(target)(row)
}

/** A row as it is kept; 422 with what is wrong with it. */
async function checkRow(
  ctx: Ctx,
  { catalog, installed, name }: EditableCatalog,
  data: JsonObject,
  before: JsonObject | null,
): Promise<JsonObject> {
  const unknown = Object.keys(data).filter(
    (column) => !Object.hasOwn(catalog.columns, column) && column !== catalog.key,
  )
  if (unknown.length > 0) throw new CauceError('request.invalid')
  if (before && data[catalog.key] !== before[catalog.key])
    throw new CauceError('form.invalid', {}, { issues: [issueOf(catalog.key, 'x-fixed', KEY_STAYS)] })
  const form = catalogForm(installed, name)
  const checked = checkForm(form.model, form.validate, data, {
    ...{ record: before && { ...before, id: String(before[catalog.key]) }, ref: {}, facts: {}, settings: {} },
    actor: expressionActor(ctx.actor),
    now: ctx.clock.now(),
    timeZone: ctx.config.timeZone,
    functions: installed.functions,
  })
  const value: JsonObject = before ? { [catalog.key]: before[catalog.key] ?? null, ...checked.value } : checked.value
  const catalogs = await catalogsInForce(ctx, installed)
  const issues = checked.issues.filter(({ level }) => level === 'error')
  for (const [column, schema] of Object.entries(catalog.columns)) {
    const held = value[column]
    if (held === undefined || held === null) continue
    const others = catalog.rows.filter((row) => row[catalog.key] !== before?.[catalog.key])
    if (schema['x-unique'] && others.some((row) => foldText(String(row[column] ?? '')) === foldText(String(held))))
      issues.push(issueOf(column, 'unique', `Ya existe otra fila con el mismo dato: ${schema.title ?? column}`))
    const other = catalogs[catalogOf(schema)?.catalog ?? '']
    if (other && !other.rows.some((row) => row[other.key] === held))
      issues.push(issueOf(column, 'catalog', 'Elija un valor de la lista.'))
  }
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  return value
}

const issueOf = (path: string, rule: string, message: string): Issue => ({
  ...{ path, rule, params: {}, message },
  level: 'error',
})

/** A key of the words of a name: letters, digits and dashes; numbered when it is taken. */
function freeKey({ catalog, changes }: EditableCatalog, title: string): string {
  const words = foldText(title).replace(/[^a-z0-9]+/g, '-')
  const base = words.replace(/^-|-$/g, '').slice(0, LONGEST_KEY) || 'fila'
  // Not one of a row taken away either: records of an old backup may hold it.
  const taken = new Set([...catalog.rows.map((row) => String(row[catalog.key])), ...changes.rows.map(({ key }) => key)])
  let key = base
  for (let next = 2; taken.has(key); next++) key = `${base}-${next}`
  return key
}
