import type { ActionView, RecordPageView } from '#engine/contract'
import { settleForm, type FormEnvironment, type JsonObject } from '#forms'
import { contextForRecord, fieldRights, offeredActions } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityForm, entityOf, settingsOf, type EntityInPack, type ResolvedForm } from '../packs/index.ts'
import type { RecordDoc } from '../persistence/index.ts'
import { instanceView, offeredMessages, offeredReopenings } from '../processes/index.ts'
import {
  CANCEL,
  environmentView,
  factsQuestion,
  formEnvironment,
  mayCancel,
  pick,
  recordView,
  visibleRecord,
} from '../records/index.ts'
import { taskViews } from './taskViews.ts'

/** A record with what the page around it shows: whose turn it is, what this actor can do next, its cases. */
export async function recordPage(given: Ctx, entityKey: string, id: string): Promise<RecordPageView> {
  const entity = await entityOf(given, entityKey)
  const ctx = await contextForRecord(given, entity, id)
  const record = await visibleRecord(ctx, ctx.db, entity, id, { deleted: true })
  const view = await recordView(ctx, entity, record)
  const [open, instances] = await Promise.all([
    ctx.db.tasks.find(
      { 'record.entity': entityKey, 'record.id': id, status: 'open' },
      { sort: { priority: -1, createdAt: 1 } },
    ),
    ctx.db.instances.find({ 'record.entity': entityKey, 'record.id': id }, { sort: { startedAt: -1 }, limit: 50 }),
  ])
  const tasks = await taskViews(given, open)
  const { read, edit } = fieldRights(ctx, entity)
  const visible = pick(record.data, read)
  const form = entityForm(entity, read, edit, await settingsOf(ctx, entity.installed))
  const environment = await formEnvironment(ctx, ctx.db, {
    installed: entity.installed,
    form,
    properties: form.schema.properties ?? {},
    record: { ...visible, id },
    whole: { ...record.data, id },
    value: visible,
  })
  return {
    ...view,
    data: { ...view.data, ...onlyRead(form, visible, environment) },
    turn: tasks.map((task) => ({
      task: task.id,
      title: task.title,
      who: task.assignee?.name ?? task.candidates[0] ?? '',
      since: task.createdAt,
      dueAt: task.dueAt,
    })),
    tasks: tasks.filter((task) => task.mine),
    messages: [
      ...(await offeredMessages(
        ctx,
        instances.filter((instance) => instance.status === 'running'),
      )),
      ...(await offeredReopenings(ctx, instances)),
    ],
    instances: await Promise.all(
      instances.map(async (instance) => {
        const { id: instanceId, process, title, status } = await instanceView(ctx, instance)
        return { id: instanceId, process, title, status }
      }),
    ),
    actions: [...(await offeredActions(given, entity, { ...record.data, id })), ...cancelButton(ctx, entity, record)],
    environment: {
      ...environmentView(environment, form.schema),
      ask: factsQuestion(entity.installed, form, { operation: 'recordFacts', params: { entity: entityKey }, id }),
    },
  }
}

/** Values that are computed only to be read: days left, an equivalent of today. No list has them. */
function onlyRead(form: ResolvedForm, data: JsonObject, environment: FormEnvironment): JsonObject {
  const names = form.model.fields.filter(({ computed }) => computed?.moments.every(({ on }) => on === 'read'))
  if (names.length === 0) return {}
  const { value } = settleForm(form.model, data, environment, { event: 'edit' })
  return Object.fromEntries(names.map(({ path }) => [path, value[path] ?? null]))
}

/** What has not begun yet may be called off by a button of its page. */
function cancelButton(ctx: Ctx, entity: EntityInPack, record: RecordDoc): ActionView[] {
  const cancel = entity.definition['x-effective']?.cancel
  if (!cancel || !mayCancel(ctx, entity, record)) return []
  return [{ key: CANCEL, title: cancel.title, kind: 'danger', confirm: cancel.confirm ?? null, reason: true }]
}
