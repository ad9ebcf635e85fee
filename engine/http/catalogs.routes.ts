import type { JsonObject } from '#forms'
import {
  catalogUsage,
  createCatalogRow,
  deleteCatalogRow,
  findCatalogRows,
  listEditableCatalogs,
  moveCatalogRow,
  updateCatalogRow,
} from '../publishing/index.ts'
import type { Handlers } from './Handler.ts'

export const catalogHandlers: Handlers = {
  listCatalogs: ({ ctx }) => listEditableCatalogs(ctx),
  listCatalogRows: ({ ctx, param, query, page }) => {
    const [q, status] = [query('q'), query('status')]
    return findCatalogRows(ctx, {
      catalog: param('catalog'),
      ...(q === undefined ? {} : { q }),
      ...(status === undefined ? {} : { status }),
      ...page(),
    })
  },
  getCatalogUsage: ({ ctx, param }) => catalogUsage(ctx, param('catalog'), param('key')),
  createCatalogRow: ({ ctx, param, body }) =>
    createCatalogRow(ctx, param('catalog'), body<{ data: JsonObject }>().data),
  updateCatalogRow: ({ ctx, param, body, revision }) =>
    updateCatalogRow(ctx, {
      catalog: param('catalog'),
      key: param('key'),
      revision: revision(),
      ...body<{ data?: JsonObject; inactive?: boolean }>(),
    }),
  moveCatalogRow: ({ ctx, param, body }) =>
    moveCatalogRow(ctx, { catalog: param('catalog'), key: param('key'), ...body<{ before: string | null }>() }),
  deleteCatalogRow: ({ ctx, param, revision }) =>
    deleteCatalogRow(ctx, { catalog: param('catalog'), key: param('key'), revision: revision() }),
}
