import type { SettingsView } from '#engine/contract'
import { checkForm, type FormEnvironment, type FormSchema, type Issue, type Json, type JsonObject } from '#forms'
import { can, demandRecentPassword, expressionActor, offeredActions, subjectsOf } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import {
  hideSecret,
  keepSecrets,
  packsOf,
  sealSecrets,
  settingsForm,
  settingsOf,
  withoutSecrets,
  type InstalledPack,
} from '../packs/index.ts'
import { isDuplicateKey, type Db } from '../persistence/index.ts'
import { formView } from '../records/index.ts'

/** The thing of the permission matrix that changing Configuración asks for; `x-edit` of a tab narrows it. */
export const SETTINGS = 'settings'

/** The tabs of Configuración that this person may change. */
export async function findSettings(ctx: Ctx): Promise<SettingsView[]> {
  if (!(await can(ctx, SETTINGS, 'edit'))) return []
  const views: SettingsView[] = []
  for (const installed of await packsOf(ctx).all(ctx))
    for (const tab of Object.keys(tabsOf(installed)))
      if (mayEdit(ctx, installed, tab)) views.push(await settingsView(ctx, installed, tab))
  return views
}

export interface SaveSettingsInput {
  pack: string
  tab: string
  data: JsonObject
  revision: number | null
}

/**
 * Saves one tab: checked as a form, in force in every process within a second, with before and after in the audit.
 * Throws 403 (also `session.confirm-password`), 404, 412 `draft.stale`, 422 `form.invalid`, 428.
 */
export async function saveSettings(ctx: Ctx, input: SaveSettingsInput): Promise<SettingsView> {
  const installed = (await packsOf(ctx).all(ctx)).find(({ name }) => name === input.pack)
  if (!installed || !Object.hasOwn(tabsOf(installed), input.tab)) throw new CauceError('thing.not-found')
  if (!(await can(ctx, SETTINGS, 'edit')) || !mayEdit(ctx, installed, input.tab)) throw new CauceError('access.denied')
  if (input.revision === null) throw new CauceError('record.revision-required')
  demandRecentPassword(ctx)
  const form = settingsForm(installed, input.tab)
  const known = Object.keys(form.schema.properties ?? {})
  const extra = Object.keys(input.data).filter((name) => !known.includes(name))
  if (extra.length > 0) throw new CauceError('request.invalid')
  const before = ((await settingsOf(ctx, installed))[input.tab] ?? {}) as JsonObject
  const sent = keepSecrets(form.schema, input.data, before)
  const checked = checkForm(form.model, form.validate, sent, environmentOf(ctx, installed))
  const issues = [
    ...checked.issues.filter(({ level }) => level === 'error'),
    ...(await missingRecords(ctx.db, form.schema, checked.value)),
  ]
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  await ctx.transaction(async (db) => {
    await write(ctx, db, input, sealSecrets(ctx, form.schema, input.tab, checked.value))
    const changes = known
      .map((field) => ({ field, before: before[field] ?? null, after: checked.value[field] ?? null }))
      .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
      .map(({ field, before: was, after: is }) => ({
        field,
        before: hideSecret(form.schema, field, was),
        after: hideSecret(form.schema, field, is),
      }))
    await writeAudit(ctx, db, {
      action: 'settings.updated',
      thing: SETTINGS,
      changes,
      details: { pack: input.pack, tab: input.tab },
    })
  })
  packsOf(ctx).refresh()
  return settingsView(ctx, installed, input.tab)
}

async function write(ctx: Ctx, db: Db, { pack, tab, revision }: SaveSettingsInput, value: JsonObject): Promise<void> {
  const _id = settingsId(ctx, pack)
  const stale = (): CauceError => new CauceError('draft.stale', { who: 'otra persona' })
  const saved = await db.settings.get(_id)
  if ((saved?.revision ?? 0) !== revision) throw stale()
  if (saved) {
    await db.settings.updateOne({ _id }, { $set: { [`values.${tab}`]: value }, $inc: { revision: 1 } })
    return
  }
  try {
    await db.settings.insert({ _id, values: { [tab]: value }, revision: 1 })
  } catch (error) {
    throw isDuplicateKey(error) ? stale() : error
  }
}

async function settingsView(ctx: Ctx, installed: InstalledPack, tab: string): Promise<SettingsView> {
  const form = settingsForm(installed, tab)
  const data = withoutSecrets(form.schema, ((await settingsOf(ctx, installed))[tab] ?? {}) as JsonObject)
  const saved = await ctx.db.settings.get(settingsId(ctx, installed.name))
  return {
    pack: installed.name,
    tab,
    title: form.title ?? tab,
    form: formView(form),
    data,
    labels: await labelsIn(ctx.db, form.schema, data),
    environment: {
      ...{ record: null, ref: {}, facts: {}, settings: {} },
      actor: { id: ctx.actor.id, roles: ctx.actor.roles, front: ctx.actor.front },
      now: ctx.clock.now().toISOString(),
      timeZone: ctx.config.timeZone,
    },
    actions: await actionsOf(ctx, installed, tab),
    revision: saved?.revision ?? 0,
  }
}

/** The buttons over lists that stand in this tab too, as far as this person has them. */
async function actionsOf(ctx: Ctx, installed: InstalledPack, tab: string): Promise<SettingsView['actions']> {
  const inTab = Object.entries(installed.pack.manifest.actions ?? {}).filter(([, action]) => action.tab === tab)
  const views = inTab.map(async ([key, { entity }]) => {
    const definition = installed.pack.entities[entity]!
    const offered = await offeredActions(ctx, { key: entity, definition, installed }, null)
    return offered.filter((action) => action.key === key).map((action) => ({ ...action, entity }))
  })
  return (await Promise.all(views)).flat()
}

const settingsId = (ctx: Ctx, pack: string): string => `${ctx.tenant}:${pack}`
const tabsOf = ({ pack }: InstalledPack): Record<string, FormSchema> => pack.manifest.settings?.properties ?? {}

function mayEdit(ctx: Ctx, installed: InstalledPack, tab: string): boolean {
  if (ctx.actor.front === null) return true
  const editors: unknown = tabsOf(installed)[tab]?.['x-edit']
  if (!Array.isArray(editors)) return true
  const subjects = subjectsOf(installed.pack.roles, ctx.actor)
  return editors.some((editor) => subjects.includes(editor as string))
}

const environmentOf = (ctx: Ctx, installed: InstalledPack): FormEnvironment => ({
  ...{ record: null, ref: {}, facts: {}, settings: {} },
  actor: expressionActor(ctx.actor),
  now: ctx.clock.now(),
  timeZone: ctx.config.timeZone,
  functions: installed.functions,
})

/** References in Configuración point at records that exist. */
async function missingRecords(db: Db, schema: FormSchema, data: JsonObject): Promise<Issue[]> {
  const issues: Issue[] = []
  for (const { path, entity, ids } of referencesIn(schema, data)) {
    const found = await db.records(entity).count({ _id: { $in: ids }, deletedAt: null })
    if (found < new Set(ids).size)
      issues.push({ path, rule: 'reference', params: {}, message: 'Elija registros que existen.', level: 'error' })
  }
  return issues
}

async function labelsIn(db: Db, schema: FormSchema, data: JsonObject): Promise<Record<string, Record<string, string>>> {
  const labels: Record<string, Record<string, string>> = {}
  for (const { path, entity, ids } of referencesIn(schema, data)) {
    const rows = await db.records(entity).find({ _id: { $in: ids } }, { fields: ['label'] })
    labels[path] = Object.fromEntries(rows.map(({ _id, label }) => [_id, label]))
  }
  return labels
}

function referencesIn(schema: FormSchema, data: JsonObject): { path: string; entity: string; ids: string[] }[] {
  return Object.entries(schema.properties ?? {}).flatMap(([path, property]) => {
    const entity: unknown = property['x-ref'] ?? property.items?.['x-ref']
    const ids = [data[path] ?? []].flat().filter((id): id is string & Json => typeof id === 'string')
    return typeof entity === 'string' && ids.length > 0 ? [{ path, entity, ids }] : []
  })
}
