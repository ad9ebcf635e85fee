import type { SubstitutionView } from '#engine/contract'
import { writeAudit } from '../../audit/writeAudit.ts'
import { forgetSubstitutions } from '../../substitution/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { can } from '../permissions.ts'
import { SUBSTITUTIONS, substitutionViews } from './substitutionViews.ts'

/**
 * Ends a substitution at once, before its last day: the absent person himself or who may `edit` those of others. 404
 * when it is none of this person's business, 403 for the substitute. Ending what is over changes nothing.
 */
export async function endSubstitution(ctx: Ctx, id: string): Promise<SubstitutionView> {
  const mayEndAny = await can(ctx, SUBSTITUTIONS, 'edit')
  const row = await ctx.transaction(async (db) => {
    const found = await db.substitutions.get(id)
    if (!found || !(mayEndAny || [found.absent, found.substitute].includes(ctx.actor.id ?? '')))
      throw new CauceError('thing.not-found')
    if (!mayEndAny && found.absent !== ctx.actor.id) throw new CauceError('access.denied')
    if (found.endedAt) return found
    const ended = { endedAt: ctx.clock.now(), endedBy: ctx.actor.id }
    await db.substitutions.updateOne({ _id: id }, { $set: ended })
    await writeAudit(ctx, db, {
      action: 'substitution.ended',
      thing: SUBSTITUTIONS,
      record: id,
      details: { absent: found.absent, substitute: found.substitute },
    })
    return { ...found, ...ended }
  })
  forgetSubstitutions(ctx)
  const [view] = await substitutionViews(ctx, [row])
  if (!view) throw new CauceError('internal')
  return view
}
