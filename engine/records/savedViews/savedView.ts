import type { SavedViewView } from '#engine/contract'
import type { Issue } from '#forms'
import { can, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, SavedViewDoc } from '../../persistence/index.ts'

/** What a view says: the list's query as its address has it, and the columns in their order. */
export interface SavedViewContent {
  name: string
  /** `q`, `sort`, `status` and `filter.…` of GET /api/records/:entity, as a query string. */
  search: string
  /** null: the columns of the definition. */
  columns: string[] | null
}

/** Sharing a list with everybody is for those who may take the list out of the house (decisions/0040). */
export const SHARING_RIGHT = 'export'
/** More than these nobody finds again. */
export const MOST_VIEWS = 50

/** The kind of record whose list is asked for; 404 where this person may not read it or has no account. */
export async function listOf(ctx: Ctx, key: string): Promise<{ entity: EntityInPack; user: string }> {
  const entity = await entityOf(ctx, key)
  if (ctx.actor.id === null || !(await can(ctx, key, 'read'))) throw new CauceError('thing.not-found')
  return { entity, user: ctx.actor.id }
}

/** A view this person sees: his own, and every shared one. Another person's is 404, as if it were not there. */
export async function visibleView(db: Db, user: string, entity: string, id: string): Promise<SavedViewDoc> {
  const view = await db.savedViews.get(id)
  if (!view || view.entity !== entity || (view.owner !== user && !view.shared)) throw new CauceError('thing.not-found')
  return view
}

/** A view as this person may use it: without the fields that are gone or that he may not read. */
export async function savedViewView(ctx: Ctx, entity: EntityInPack, view: SavedViewDoc): Promise<SavedViewView> {
  const mine = view.owner === ctx.actor.id
  return {
    id: view._id,
    ...cleaned(ctx, entity, view),
    shared: view.shared,
    mine,
    owner: view.ownerName,
    isDefault: view.defaultFor.includes(ctx.actor.id ?? ''),
    editable: view.shared ? await can(ctx, entity.key, SHARING_RIGHT) : mine,
  }
}

/** Keeps what the list of this person knows: a filter, an order or a column of another field would be refused. */
export function cleaned(ctx: Ctx, entity: EntityInPack, given: SavedViewContent): SavedViewContent {
  const { read } = fieldRights(ctx, entity)
  const named = (entity.definition['x-list']?.filters ?? []).flatMap((filter) =>
    typeof filter === 'string' ? [] : [filter.name],
  )
  const search = new URLSearchParams()
  for (const [key, value] of new URLSearchParams(given.search)) {
    const filter = /^filter\.([^.]+)(\..+)?$/.exec(key)?.[1]
    if (filter ? read.has(filter) || named.includes(filter) : isOrder(key, value, read)) search.append(key, value)
  }
  const columns = given.columns?.filter((name) => read.has(name)) ?? null
  return { name: given.name, search: search.toString(), columns: columns?.length ? columns : null }
}

const isOrder = (key: string, value: string, read: Set<string>): boolean => {
  if (key !== 'sort') return key === 'q' || key === 'status'
  const field = value.replace(/^-/, '')
  return field === 'updatedAt' || field === 'createdAt' || read.has(field)
}

/** 422 at `name`: none, or one that this person's tabs already have. */
export async function demandName(db: Db, view: SavedViewDoc): Promise<void> {
  const others = await db.savedViews.find({ entity: view.entity, ...visibleTo(view.owner) })
  const taken = others.some((other) => other._id !== view._id && sameName(other.name, view.name))
  if (view.name !== '' && !taken) return
  const issue: Issue = {
    path: 'name',
    rule: taken ? 'unique' : 'required',
    params: {},
    message: taken ? 'Ya hay una vista con ese nombre.' : 'Escriba un nombre para la vista.',
    level: 'error',
  }
  throw new CauceError('form.invalid', {}, { issues: [issue] })
}

export const visibleTo = (user: string): { $or: Record<string, unknown>[] } => ({
  $or: [{ owner: user }, { shared: true }],
})

const sameName = (a: string, b: string): boolean => a.toLocaleLowerCase('es') === b.toLocaleLowerCase('es')
