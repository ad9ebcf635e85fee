import type { RecordView } from '#engine/contract'
import type { Issue, JsonObject } from '#forms'
import { demand, fieldRights, mayDo } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, packsOf, type EntityInPack } from '../../packs/index.ts'
import { recordViews } from '../reading/views.ts'
import { writeRecord } from '../writing/writeRecord.ts'

export interface CreateRecordInput {
  entity: string
  data: JsonObject
  /** The person saw the warnings and goes on. */
  warned?: boolean
}

/** Creates a record. 404 unknown entity, 403 not allowed, 409 where a process makes the records, 422 with issues. */
export async function createRecord(ctx: Ctx, input: CreateRecordInput): Promise<RecordView> {
  const entity = await entityOf(ctx, input.entity)
  await demand(ctx, entity.key, 'create')
  if (await startingProcess(ctx, entity.key)) throw new CauceError('record.process-only')
  const changes = takeFields(ctx, entity, input.data)
  const record = await ctx.transaction(async (db) => {
    const written = await writeRecord(ctx, db, {
      entity,
      before: null,
      changes,
      by: 'person',
      warned: input.warned ?? false,
    })
    // The row rule holds for what is created too: nobody makes a record that he could not see.
    if (!mayDo(ctx, entity, 'create', { ...written.data, id: written._id })) throw new CauceError('access.denied')
    if (ctx.actor.id) await db.formDrafts.deleteMany({ user: ctx.actor.id, key: `record:${entity.key}:new` })
    return written
  })
  const [view] = await recordViews(ctx, entity, [record])
  if (!view) throw new CauceError('internal')
  return view
}

/** The process that makes records of this entity, when one does. */
export async function startingProcess(ctx: Ctx, entityKey: string): Promise<string | null> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const found = Object.values(installed.processes).find(
      ({ process }) => process.entity === entityKey && process.startOn === 'create',
    )
    if (found) return found.key
  }
  return null
}

/**
 * The fields a person may send. Unknown names are refused (422), so that a typing mistake is not lost in silence; fields
 * that are computed or that he may not edit are ignored when unchanged and refused otherwise.
 */
export function takeFields(ctx: Ctx, entity: EntityInPack, data: JsonObject, before: JsonObject = {}): JsonObject {
  const { edit } = fieldRights(ctx, entity)
  const issues: Issue[] = []
  const taken: JsonObject = {}
  for (const [name, value] of Object.entries(data)) {
    const property = Object.hasOwn(entity.definition.properties, name) ? entity.definition.properties[name] : undefined
    if (!property) {
      issues.push({
        path: name,
        rule: 'additionalProperties',
        params: { name },
        message: `El dato "${name}" no existe en este formulario.`,
        level: 'error',
      })
      continue
    }
    const automatic = Boolean(property['x-state'] ?? property['x-code'] ?? property['x-computed'])
    if (automatic || !edit.has(name)) {
      const same = JSON.stringify(before[name] ?? null) === JSON.stringify(value)
      if (!automatic && !same)
        issues.push({
          path: name,
          rule: 'readOnly',
          params: {},
          message: 'Usted no puede cambiar este dato.',
          level: 'error',
        })
      continue
    }
    taken[name] = value
  }
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  return taken
}
