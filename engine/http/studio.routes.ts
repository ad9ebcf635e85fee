import {
  checkDraft,
  companyCalendar,
  discardDraft,
  findSettings,
  getDraft,
  listPacks,
  listVersions,
  packFile,
  packView,
  publishDraft,
  saveDraftFile,
  setCalendarDay,
  type CalendarDayInput,
  saveSettings,
} from '../publishing/index.ts'
import type { JsonObject } from '#forms'
import { migrateInstances, undoMigration, type MigrateInput } from '../processes/index.ts'
import type { Handlers } from './Handler.ts'

export const studioHandlers: Handlers = {
  listSettings: ({ ctx }) => findSettings(ctx),
  saveSettings: ({ ctx, param, body, revision }) =>
    saveSettings(ctx, {
      pack: param('pack'),
      tab: param('tab'),
      revision: revision(),
      ...body<{ data: JsonObject }>(),
    }),
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
  getCalendar: ({ ctx, query }) => companyCalendar(ctx, Number(query('year') ?? ctx.clock.now().getUTCFullYear())),
  setCalendarDay: ({ ctx, body }) => setCalendarDay(ctx, body<CalendarDayInput>()),
  publishDraft: ({ ctx, param, body }) => publishDraft(ctx, param('pack'), body<{ note?: string }>().note ?? null),
}
