import type { JsonObject } from '#forms'
import { runAction } from '../actions/index.ts'
import {
  catalogView,
  deleteRecord,
  entityView,
  exportRecords,
  findRecords,
  listEntities,
  noteRead,
  recordHistory,
  updateRecord,
  type RecordQuery,
} from '../records/index.ts'
import { createWithRelated, type CreateWithRelatedInput } from '../processes/index.ts'
import { accountCard, reassignWork, recordPage } from '../tasks/index.ts'
import { filtersOf } from './filtersOf.ts'
import type { Call, Handlers } from './Handler.ts'
import { sendSheet } from './sendFile.ts'

export const recordHandlers: Handlers = {
  listEntities: ({ ctx }) => listEntities(ctx),
  getEntity: ({ ctx, param }) => entityView(ctx, param('entity')),
  getCatalog: ({ ctx, param }) => catalogView(ctx, param('catalog')),
  listRecords: async (call) => {
    const { ctx, param, page } = call
    const list = await findRecords(ctx, { entity: param('entity'), ...queryOf(call), ...page() })
    await noteRead(ctx, param('entity'), null)
    return list
  },
  exportRecords: (call) =>
    sendSheet(call, (format) =>
      exportRecords(call.ctx, { entity: call.param('entity'), ...queryOf(call), ...chosenOf(call), format }),
    ),
  createRecord: ({ ctx, param, body }) =>
    createWithRelated(ctx, { entity: param('entity'), ...body<Omit<CreateWithRelatedInput, 'entity'>>() }),
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
  runAction: ({ ctx, param, body }) =>
    runAction(ctx, { entity: param('entity'), record: null, action: param('action'), ...body<{ reason?: string }>() }),
  runRecordAction: ({ ctx, param, body }) =>
    runAction(ctx, {
      entity: param('entity'),
      record: param('id'),
      action: param('action'),
      ...body<{ reason?: string }>(),
    }),
  getRecordHistory: ({ ctx, param, page }) =>
    recordHistory(ctx, { entity: param('entity'), id: param('id'), ...page() }),
}

/** `ids=a,b`: the records somebody marked. `columns=a,b`: the columns he looks at. */
function chosenOf({ query }: Call): { ids?: string[]; columns?: string[] } {
  const listOf = (text: string): string[] => text.split(',').filter(Boolean)
  const [ids, columns] = [query('ids'), query('columns')]
  return { ...(ids === undefined ? {} : { ids: listOf(ids) }), ...(columns ? { columns: listOf(columns) } : {}) }
}

/** What a list is narrowed to, and its order. */
function queryOf(call: Call): RecordQuery {
  const [q, sort] = [call.query('q'), call.query('sort')]
  return { ...(q === undefined ? {} : { q }), ...(sort === undefined ? {} : { sort }), ...filtersOf(call) }
}
