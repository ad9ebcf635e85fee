import {
  checkDraft,
  discardDraft,
  getDraft,
  listPacks,
  listVersions,
  packFile,
  packView,
  publishDraft,
  saveDraftFile,
} from '../publishing/index.ts'
import { migrateInstances, undoMigration, type MigrateInput } from '../processes/index.ts'
import type { Handlers } from './Handler.ts'

export const studioHandlers: Handlers = {
  listPacks: ({ ctx }) => listPacks(ctx),
  getPack: ({ ctx, param }) => packView(ctx, param('pack')),
  getPackFile: ({ ctx, param, query }) => packFile(ctx, param('pack'), query('path') ?? ''),
  listVersions: ({ ctx, param }) => listVersions(ctx, param('pack')),
  getDraft: ({ ctx, param }) => getDraft(ctx, param('pack')),
  saveDraftFile: ({ ctx, param, body, revision }) =>
    saveDraftFile(ctx, { pack: param('pack'), revision: revision(), ...body<{ path: string; text: string }>() }),
  discardDraft: ({ ctx, param }) => discardDraft(ctx, param('pack')),
  checkDraft: ({ ctx, param }) => checkDraft(ctx, param('pack')),
  migrateCases: ({ ctx, param, body }) =>
    migrateInstances(ctx, { pack: param('pack'), ...body<Omit<MigrateInput, 'pack'>>() }),
  undoMigration: ({ ctx, param, body }) =>
    undoMigration(ctx, { pack: param('pack'), ...body<{ from: number; to: number }>() }),
  publishDraft: ({ ctx, param, body }) => publishDraft(ctx, param('pack'), body<{ note?: string }>().note ?? null),
}
