import type { JsonObject } from '#forms'
import {
  catalogView,
  createRecord,
  deleteRecord,
  entityView,
  findRecords,
  listEntities,
  noteRead,
  recordHistory,
  updateRecord,
} from '../records/index.ts'
import { accountCard, reassignWork, recordPage } from '../tasks/index.ts'
import { filtersOf } from './filtersOf.ts'
import type { Handlers } from './Handler.ts'

export const recordHandlers: Handlers = {
  listEntities: ({ ctx }) => listEntities(ctx),
  getEntity: ({ ctx, param }) => entityView(ctx, param('entity')),
  getCatalog: ({ ctx, param }) => catalogView(ctx, param('catalog')),
  listRecords: async (call) => {
    const { ctx, param, query, page } = call
    const q = query('q')
    const sort = query('sort')
    const list = await findRecords(ctx, {
      entity: param('entity'),
      ...(q === undefined ? {} : { q }),
      ...(sort === undefined ? {} : { sort }),
      ...filtersOf(call),
      ...page(),
    })
    await noteRead(ctx, param('entity'), null)
    return list
  },
  createRecord: ({ ctx, param, body }) =>
    createRecord(ctx, { entity: param('entity'), ...body<{ data: JsonObject }>() }),
  getRecord: async ({ ctx, param }) => {
    const page = await recordPage(ctx, param('entity'), param('id'))
    await noteRead(ctx, param('entity'), param('id'))
    return page
  },
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
  getAccountCard: ({ ctx, param }) => accountCard(ctx, param('entity'), param('id')),
  reassignWork: ({ ctx, param, body }) =>
    reassignWork(ctx, { entity: param('entity'), id: param('id'), ...body<{ to: string }>() }),
  getRecordHistory: ({ ctx, param, page }) =>
    recordHistory(ctx, { entity: param('entity'), id: param('id'), ...page() }),
}
