import type { ExplainView } from '#engine/contract'
import { fixedRule, granting, rowRules, separationOf } from '../../access/index.ts'
import { actionTitle, listed, subjectTitle, thingTitle } from '../../access/roles/index.ts'
import { mayDo, rowFilter } from '../../access/index.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, packsOf, type EntityInPack, type InstalledPack } from '../../packs/index.ts'
import type { RecordDoc } from '../../persistence/index.ts'
import type { Explained } from './Explained.ts'

/** Why somebody may or may not do an action on a thing, or on one record of it. */
export async function explainThing(
  explained: Explained,
  { thing, action, id }: { thing: string; action: string; id: string | null },
): Promise<ExplainView> {
  const { ctx, who } = explained
  const installed = await packOf(explained, thing)
  const what = `${actionTitle(installed, thing, action)} ${thingTitle(installed, thing)}`
  const { roles } = installed.pack
  const subjects = granting(roles, ctx.actor, thing, action)
  const allowing = Object.entries(roles.can[thing] ?? {})
    .filter(([, text]) => text.split(/\s+/).includes(action))
    .map(([subject]) => subjectTitle(installed, subject))
  const own = ctx.actor.roles.map((role) => subjectTitle(installed, role))

  if (subjects.length === 0) {
    const fixed = fixedRule(roles, thing, action)
    const names =
      own.length === 1 ? `el rol ${listed(own)} no lo permite` : `ninguno de sus roles (${listed(own)}) lo permite`
    return {
      allowed: false,
      sentence: fixed ? `${who} no puede ${what}. ${fixed.because}` : `${who} no puede ${what}: ${names}.`,
      details: [allowing.length > 0 ? `Lo permiten: ${listed(allowing)}.` : 'Ningún rol lo permite.'],
    }
  }
  const granted = listed(subjects.map((subject) => subjectTitle(installed, subject)))
  const rules = rowRules(roles, ctx.actor, thing, subjects)
  const details = [
    `Lo permite: ${granted}.`,
    ...(rules === 'all'
      ? ['Sin límite de registros.']
      : rules.map((rule) => `Solo los registros que cumplen: ${rule}`)),
  ]
  const entity = installed.pack.entities[thing] ? await entityOf(ctx, thing) : null
  if (!id || !entity) {
    const limited = rules === 'all' ? '' : ', pero solo en los registros que le corresponden'
    return { allowed: true, sentence: `${who} puede ${what} porque tiene ${granted}${limited}.`, details }
  }
  return explainRecord(explained, entity, { action, id, what, details })
}

async function explainRecord(
  explained: Explained,
  entity: EntityInPack,
  { action, id, what, details }: { action: string; id: string; what: string; details: string[] },
): Promise<ExplainView> {
  const { ctx, asker, who } = explained
  const record = await readable(asker, entity, id)
  // The same words for what does not exist and for what is another's: neither is told.
  if (!record) {
    const sentence =
      'No hay un registro con esa dirección entre los que usted puede ver: o no existe, o no le corresponde.'
    return { allowed: false, sentence, details: ctx === asker ? details : [] }
  }
  if (!mayDo(ctx, entity, action, { ...record.data, id }))
    return {
      allowed: false,
      sentence: `${who} no puede ${what} en este caso: «${record.label}» no está entre los registros que le corresponden.`,
      details,
    }
  const separate = await separationOf(ctx, ctx.db, { entity: entity.key, id }, action)
  if (separate)
    return {
      allowed: false,
      sentence: `${who} no puede ${what} en este caso, porque hizo el paso anterior. ${separate.because}`,
      details: [...details, `Se separan: ${separate.first} y ${separate.then}.`],
    }
  if (action === 'delete' && entity.definition['x-delete'] === 'never')
    return { allowed: false, sentence: `Nadie puede ${what}: se conservan siempre.`, details: [] }
  return {
    allowed: true,
    sentence: `${who} puede ${what}, y «${record.label}» está entre los que le corresponden.`,
    details,
  }
}

async function readable(ctx: Explained['asker'], entity: EntityInPack, id: string): Promise<RecordDoc | null> {
  const filter = rowFilter(ctx, entity, 'read')
  return filter && ctx.db.records(entity.key).findOne({ $and: [filter, { _id: id, deletedAt: null }] })
}

/** The pack that gives rights on this thing; 404 for a word no pack knows. */
async function packOf({ ctx }: Explained, thing: string): Promise<InstalledPack> {
  const packs = await packsOf(ctx).all(ctx)
  const found = packs.find(({ pack }) => Object.hasOwn(pack.roles.can, thing) || Object.hasOwn(pack.entities, thing))
  if (!found) throw new CauceError('thing.not-found')
  return found
}
