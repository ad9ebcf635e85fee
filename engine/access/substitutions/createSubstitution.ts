import { randomUUID } from 'node:crypto'
import type { SubstitutionView } from '#engine/contract'
import { plainDay, type Issue } from '#forms'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { leaveNotice } from '../../notify/index.ts'
import type { Db, SubstitutionDoc, UserDoc } from '../../persistence/index.ts'
import { forgetSubstitutions, todayOf } from '../../substitution/index.ts'
import { can } from '../permissions.ts'
import { closesCircle } from './closesCircle.ts'
import { processChoices } from './substitutionChoices.ts'
import { SUBSTITUTIONS, substitutionViews } from './substitutionViews.ts'

export interface CreateSubstitutionInput {
  /** Default: the acting person. Another one is the administrator's to name. */
  absent?: string
  substitute: string
  /** Days, both included: `2026-03-02`. */
  from: string
  to: string
  /** Empty or absent: all. */
  roles?: string[]
  processes?: string[]
  note?: string
}

/** Nobody is away longer than this without somebody looking at it again. */
const MAX_DAYS = 366
const DAY = 86_400_000

/**
 * Lets somebody do an absent person's work for some days (FM-D-132). A person names his own substitute; for another
 * person it takes `edit` on `substitutions`, and nobody names himself for another: that would be taking rights. 403,
 * 422 with issues: dates, people, roles that the person does not have, a circle.
 */
export async function createSubstitution(ctx: Ctx, input: CreateSubstitutionInput): Promise<SubstitutionView> {
  const me = ctx.actor.id
  const absent = input.absent ?? me
  if (me === null || absent === null || ctx.actor.front !== 'staff') throw new CauceError('access.denied')
  if (absent !== me && (input.substitute === me || !(await can(ctx, SUBSTITUTIONS, 'edit'))))
    throw new CauceError('access.denied')
  const processes = input.processes ?? []
  const known = new Set((await processChoices(ctx)).map(({ key }) => key))
  const substitution = await ctx.transaction(async (db) => {
    // One after the other: two that are made at once must not close a circle together.
    await db.next(SUBSTITUTIONS)
    const [away, other] = await Promise.all([activeStaff(db, absent), activeStaff(db, input.substitute)])
    const issues = [
      ...dateIssues(ctx, input),
      ...peopleIssues(away, other, absent === input.substitute),
      ...(away && input.roles?.some((role) => !away.roles.includes(role))
        ? [issue('roles', `${away.name} no tiene ese rol.`)]
        : []),
      ...(processes.some((key) => !known.has(key)) ? [issue('processes', 'Elija un trámite de la lista.')] : []),
    ]
    if (!away || !other || issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
    const now = ctx.clock.now()
    const planned: SubstitutionDoc = {
      _id: randomUUID(),
      absent,
      substitute: other._id,
      from: input.from,
      to: input.to,
      roles: input.roles ?? [],
      processes,
      note: input.note?.trim() ? input.note.trim() : null,
      createdAt: now,
      createdBy: me,
      endedAt: null,
      endedBy: null,
    }
    await demandNoCircle(db, planned)
    await db.substitutions.insert(planned)
    const { from, to, roles } = planned
    await writeAudit(ctx, db, {
      action: 'substitution.created',
      thing: SUBSTITUTIONS,
      record: planned._id,
      details: {
        absent,
        absentName: away.name,
        substitute: other._id,
        substituteName: other.name,
        from,
        to,
        roles,
        processes,
      },
    })
    await leaveNotice(ctx, db, {
      user: other._id,
      subject: `Usted reemplaza a ${away.name} del ${plainDay(from)} al ${plainDay(to)}`,
      text: 'En esos días verá sus tareas en su bandeja.',
      link: null,
      urgency: 'info',
    })
    return planned
  })
  forgetSubstitutions(ctx)
  const [view] = await substitutionViews(ctx, [substitution])
  if (!view) throw new CauceError('internal')
  return view
}

async function activeStaff(db: Db, id: string): Promise<UserDoc | null> {
  const user = await db.users.get(id)
  return user?.active && user.front === 'staff' ? user : null
}

function dateIssues(ctx: Ctx, { from, to }: CreateSubstitutionInput): Issue[] {
  const days = (Date.parse(to) - Date.parse(from)) / DAY
  if (Number.isNaN(days)) return [issue(Number.isNaN(Date.parse(from)) ? 'from' : 'to', 'Escriba una fecha válida.')]
  if (from < todayOf(ctx)) return [issue('from', 'Elija hoy o una fecha posterior.')]
  if (days < 0) return [issue('to', 'La última fecha no puede ser anterior a la primera.')]
  return days > MAX_DAYS ? [issue('to', 'Un reemplazo dura a lo más un año.')] : []
}

function peopleIssues(away: UserDoc | null, other: UserDoc | null, isSame: boolean): Issue[] {
  if (isSame) return [issue('substitute', 'Elija a otra persona.')]
  return [
    ...(away ? [] : [issue('absent', 'Elija a una persona de la lista.')]),
    ...(other ? [] : [issue('substitute', 'Elija a una persona de la lista.')]),
  ]
}

async function demandNoCircle(db: Db, planned: SubstitutionDoc): Promise<void> {
  const existing = await db.substitutions.find({
    to: { $gte: planned.from },
    from: { $lte: planned.to },
    endedAt: null,
  })
  const way = closesCircle(planned, existing)
  if (!way) return
  const people = await db.users.find({ _id: { $in: way } }, { fields: ['name'] })
  const names = way.map((id) => people.find((person) => person._id === id)?.name ?? '')
  const text = `En esas fechas ${names[0]} terminaría reemplazándose a sí mismo: ${names.join(' → ')}. Elija a otra persona u otras fechas.`
  throw new CauceError('form.invalid', {}, { issues: [issue('substitute', text, 'circle')] })
}

const issue = (path: string, message: string, rule = 'substitution'): Issue => ({
  path,
  rule,
  params: {},
  message,
  level: 'error',
})
