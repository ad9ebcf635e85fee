import { exportTypes } from '../exports/index.ts'
import {
  applyImport,
  beginImport,
  cancelImport,
  checkImport,
  findImports,
  getImport,
  importErrors,
  importTemplate,
} from '../imports/index.ts'
import { MAX_UPLOAD, receivedFile } from './files.routes.ts'
import type { Handlers } from './Handler.ts'
import { sendFile, sendSheet } from './sendFile.ts'

export const importHandlers: Handlers = {
  listImports: ({ ctx, param }) => findImports(ctx, param('entity')),
  beginImport: ({ ctx, param, req }) =>
    beginImport(ctx, { entity: param('entity'), ...receivedFile(req), maxBytes: MAX_UPLOAD }),
  getImportTemplate: async (call) => {
    const { name, stream } = await importTemplate(call.ctx, call.param('entity'))
    await sendFile(call, { name, type: exportTypes.xlsx, content: stream })
  },
  getImport: ({ ctx, param }) => getImport(ctx, param('entity'), param('id')),
  checkImport: ({ ctx, param, body }) =>
    checkImport(ctx, param('entity'), param('id'), {
      fixed: {},
      ...body<{ mapping: (string | null)[]; fixed?: Record<string, string> }>(),
    }),
  applyImport: ({ ctx, param, body }) =>
    applyImport(ctx, param('entity'), param('id'), {
      warned: false,
      ...body<{ mode: 'all' | 'valid'; warned?: boolean }>(),
    }),
  cancelImport: ({ ctx, param }) => cancelImport(ctx, param('entity'), param('id')),
  getImportErrors: (call) =>
    sendSheet(call, (format) =>
      importErrors(call.ctx, {
        ...{ entity: call.param('entity'), id: call.param('id'), format },
        rows: call.query('rows') === 'warnings' ? 'warnings' : 'errors',
      }),
    ),
}
