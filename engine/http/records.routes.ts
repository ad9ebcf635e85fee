import type { JsonObject } from '#forms'
import { runAction } from '../actions/index.ts'
import { exportForImport } from '../imports/index.ts'
import {
  activateRecord,
  catalogView,
  correctionView,
  correctRecord,
  deleteRecord,
  entityView,
  exportRecords,
  findRecords,
  listEntities,
  lookUp,
  type LookUpInput,
  noteRead,
  recordFacts,
  printRecord,
  previewCode,
  recordHistory,
  restoreRecord,
  searchEverywhere,
  suggestValues,
  updateRecord,
} from '../records/index.ts'
import { createWithRelated, type CreateWithRelatedInput } from '../processes/index.ts'
import { accountCard, reassignWork, recordPage } from '../tasks/index.ts'
import type { Handlers } from './Handler.ts'
import { choiceOf, chosenOf, queryOf } from './listQuery.ts'
import { sendSheet } from './sendFile.ts'

export const recordHandlers: Handlers = {
  listEntities: ({ ctx }) => listEntities(ctx),
  getEntity: ({ ctx, param }) => entityView(ctx, param('entity')),
  getCatalog: ({ ctx, param }) => catalogView(ctx, param('catalog')),
  listRecords: async (call) => {
    const { ctx, param, page } = call
    const list = await findRecords(ctx, {
      entity: param('entity'),
      ...queryOf(call),
      ...page(),
      choice: choiceOf(call),
    })
    await noteRead(ctx, param('entity'), null)
    return list
  },
  searchEverywhere: ({ ctx, query }) => searchEverywhere(ctx, query('q') ?? ''),
  suggestValues: ({ ctx, param, query }) =>
    suggestValues(ctx, {
      ...{ entity: param('entity'), field: param('field') },
      ...{ q: query('q') ?? '', record: query('record') ?? null, isFilter: query('for') === 'filter' },
    }),
  exportRecords: (call) =>
    sendSheet(call, (format) =>
      (call.query('shape') === 'import' ? exportForImport : exportRecords)(call.ctx, {
        entity: call.param('entity'),
        ...queryOf(call),
        ...chosenOf(call),
        format,
      }),
    ),
  createRecord: ({ ctx, param, body }) =>
    createWithRelated(ctx, { entity: param('entity'), ...body<Omit<CreateWithRelatedInput, 'entity'>>() }),
  recordFacts: ({ ctx, param, body }) =>
    recordFacts(ctx, { entity: param('entity'), ...body<{ id?: string; data: JsonObject }>() }),
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
      ...body<{ data: JsonObject; warned?: boolean }>(),
    }),
  deleteRecord: ({ ctx, param, body, revision }) =>
    deleteRecord(ctx, {
      entity: param('entity'),
      id: param('id'),
      revision: revision(),
      ...body<{ reason?: string }>(),
    }),
  getCorrection: ({ ctx, param }) => correctionView(ctx, { entity: param('entity'), id: param('id') }),
  correctRecord: ({ ctx, param, body, revision }) =>
    correctRecord(ctx, {
      ...{ entity: param('entity'), id: param('id'), revision: revision() },
      ...body<{ data: JsonObject; reason: string; unlock?: boolean; warned?: boolean }>(),
    }),
  previewCode: ({ ctx, param, body }) => previewCode(ctx, { entity: param('entity'), ...body<{ data: JsonObject }>() }),
  lookUp: ({ ctx, param, body }) => lookUp(ctx, { entity: param('entity'), ...body<Omit<LookUpInput, 'entity'>>() }),
  inactivateRecord: ({ ctx, param, body, revision }) =>
    activateRecord(ctx, {
      ...{ entity: param('entity'), id: param('id'), revision: revision(), active: false },
      ...body<{ reason: string }>(),
    }),
  activateRecord: ({ ctx, param, body, revision }) =>
    activateRecord(ctx, {
      ...{ entity: param('entity'), id: param('id'), revision: revision(), active: true },
      ...body<{ reason?: string }>(),
    }),
  restoreRecord: ({ ctx, param, revision }) =>
    restoreRecord(ctx, { entity: param('entity'), id: param('id'), revision: revision() }),
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
  printRecord: ({ ctx, param }) => printRecord(ctx, { entity: param('entity'), id: param('id') }),
  getRecordHistory: ({ ctx, param, page }) =>
    recordHistory(ctx, { entity: param('entity'), id: param('id'), ...page() }),
}
