import {
  changeMatrix,
  exportMatrix,
  matrixHistory,
  matrixView,
  previewMatrix,
  resetMatrix,
  type ChangeMatrixInput,
} from '../access/roles/index.ts'
import type { Handlers } from './Handler.ts'

export const roleHandlers: Handlers = {
  getMatrix: ({ ctx, query }) => matrixView(ctx, query('pack')),
  previewMatrix: ({ ctx, query, body }) =>
    previewMatrix(ctx, { pack: query('pack'), ...body<Pick<ChangeMatrixInput, 'changes'>>() }),
  changeMatrix: ({ ctx, query, body }) =>
    changeMatrix(ctx, { pack: query('pack'), ...body<Omit<ChangeMatrixInput, 'pack'>>() }),
  resetMatrix: ({ ctx, query, body }) =>
    resetMatrix(ctx, { pack: query('pack'), ...body<{ revision: number; reason: string }>() }),
  getMatrixHistory: ({ ctx, query, page }) => matrixHistory(ctx, { pack: query('pack'), ...page() }),
  exportMatrix: ({ ctx, query }) => exportMatrix(ctx, query('pack')),
}
