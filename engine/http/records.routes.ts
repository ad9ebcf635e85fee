import type { JsonObject } from '#forms'
import {
  catalogView,
  createRecord,
  deleteRecord,
  entityView,
  findRecords,
  listEntities,
  recordHistory,
  updateRecord,
} from '../records/index.ts'
import { recordPage } from '../tasks/index.ts'
import type { Call, Handlers } from './Handler.ts'

export const recordHandlers: Handlers = {
  listEntities: ({ ctx }) => listEntities(ctx),
  getEntity: ({ ctx, param }) => entityView(ctx, param('entity')),
  getCatalog: ({ ctx, param }) => catalogView(ctx, param('catalog')),
  listRecords: (call) => {
    const { ctx, param, query, page } = call
    const q = query('q')
    const sort = query('sort')
    return findRecords(ctx, {
      entity: param('entity'),
      ...(q === undefined ? {} : { q }),
      ...(sort === undefined ? {} : { sort }),
      ...filtersOf(call),
      ...page(),
    })
  },
  createRecord: ({ ctx, param, body }) =>
    createRecord(ctx, { entity: param('entity'), ...body<{ data: JsonObject }>() }),
  getRecord: ({ ctx, param }) => recordPage(ctx, param('entity'), param('id')),
  updateRecord: ({ ctx, param, body, revision }) =>
    updateRecord(ctx, {
      entity: param('entity'),
      id: param('id'),
      revision: revision(),
      ...body<{ data: JsonObject }>(),
    }),
  deleteRecord: ({ ctx, param, body, revision }) =>
    deleteRecord(ctx, {
      entity: param('entity'),
      id: param('id'),
      revision: revision(),
      ...body<{ reason?: string }>(),
    }),
  getRecordHistory: ({ ctx, param, page }) =>
    recordHistory(ctx, { entity: param('entity'), id: param('id'), ...page() }),
}

/** `filter.<field>=a&filter.<field>=b`, `filter.<field>.from=`, `filter.<field>.to=`; commas separate values too. */
function filtersOf({ req }: Call): {
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
} {
  const filters: Record<string, string[]> = {}
  const ranges: Record<string, { from?: string; to?: string }> = {}
  for (const [key, given] of Object.entries(req.query)) {
    if (!key.startsWith('filter.')) continue
    const values = (Array.isArray(given) ? given : [given]).filter(
      (value): value is string => typeof value === 'string' && value !== '',
    )
    if (values.length === 0) continue
    const range = /^filter\.(.+)\.(from|to)$/.exec(key)
    if (range?.[1]) ranges[range[1]] = { ...ranges[range[1]], [range[2] === 'to' ? 'to' : 'from']: values[0] }
    else filters[key.slice('filter.'.length)] = values
  }
  return { filters, ranges }
}
