import { compileRule, type JsonObject } from '#forms'
import { rowFilter, ruleEnvironment } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, settingsOf, type InstalledPack } from '../../packs/index.ts'
import type { Db } from '../../persistence/index.ts'
import { USER_ENTITY, type ReferenceAnnotation } from '../schema/annotations.ts'

export interface ChosenIn {
  installed: InstalledPack
  /** The values around the reference: of the form, and of the row it stands in. */
  form: JsonObject
  /** The record as saved; null for a new one. */
  before: JsonObject | null
  recordId: string | null
  /** The record holds it already. */
  isHeld: boolean
}

/**
 * Why a record may not be chosen: it is not there, not for this actor to see, no longer in use, or not one of those that
 * `where` leaves. What the record holds already stays, unless what `where` compares it with has changed.
 */
export async function referenceProblem(
  ctx: Ctx,
  db: Db,
  reference: ReferenceAnnotation,
  id: string,
  { installed, form, before, recordId, isHeld }: ChosenIn,
): Promise<{ rule: string; message: string } | null> {
  const unknown = { rule: 'reference', message: 'No encontramos lo que eligió. Búsquelo de nuevo.' }
  if (reference.entity === USER_ENTITY) {
    if (isHeld) return null
    const isThere = ctx.actor.front !== 'portal' && (await db.users.count({ _id: id, active: true })) > 0
    return isThere ? null : unknown
  }
  const where = reference.where === null ? null : compileRule(reference.where)
  const isAsked = where?.inputs.some((input) => changed(input, form, before)) === true
  if (isHeld && !isAsked) return null
  const rows = isHeld ? {} : rowFilter(ctx, await entityOf(ctx, reference.entity), 'read')
  const found = rows && (await db.records(reference.entity).findOne({ $and: [rows, { _id: id, deletedAt: null }] }))
  if (!found) return isHeld ? null : unknown
  if (found.inactiveAt && !reference.inactive && !isHeld)
    return { rule: 'reference', message: `«${found.label}» está inactivo. Elija otro.` }
  const environment = {
    ...ruleEnvironment(ctx),
    ...{ settings: await settingsOf(ctx, installed), value: form, record: { ...before, id: recordId } },
  }
  return where && !where.test({ ...found.data, id }, environment)
    ? { rule: 'reference-where', message: `«${found.label}» no corresponde a los demás datos. Elija otro.` }
    : null
}

/** `value.x` of a rule is another now than it was saved. */
function changed(input: string, form: JsonObject, before: JsonObject | null): boolean {
  const [root, name = ''] = input.split('.')
  return root === 'value' && JSON.stringify(form[name] ?? null) !== JSON.stringify(before?.[name] ?? null)
}
