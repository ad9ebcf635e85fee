import {
  createSavedView,
  deleteSavedView,
  findSavedViews,
  updateSavedView,
  type CreateSavedViewInput,
  type UpdateSavedViewInput,
} from '../records/index.ts'
import type { Handlers } from './Handler.ts'

/** Lists as people keep them. */
export const savedViewHandlers: Handlers = {
  listSavedViews: ({ ctx, param }) => findSavedViews(ctx, param('entity')),
  createSavedView: ({ ctx, param, body }) =>
    createSavedView(ctx, { ...body<Omit<CreateSavedViewInput, 'entity'>>(), entity: param('entity') }),
  updateSavedView: ({ ctx, param, body }) =>
    updateSavedView(ctx, {
      ...body<Omit<UpdateSavedViewInput, 'entity' | 'id'>>(),
      entity: param('entity'),
      id: param('id'),
    }),
  deleteSavedView: ({ ctx, param }) => deleteSavedView(ctx, { entity: param('entity'), id: param('id') }),
}
