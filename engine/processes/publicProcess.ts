import type { PublicProcessSummary, PublicProcessView } from '#engine/contract'
import { settleForm, type JsonObject } from '#forms'
import { takeFromLimit, tooMany, type Limit } from '../access/index.ts'
import { as, systemActor, type Actor, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, processOf, resolveForm, settingsOf, type InstalledPack } from '../packs/index.ts'
import { environmentView, formEnvironment, formView } from '../records/index.ts'
import { conditionHolds } from './conditionHolds.ts'
import { definitionOf } from './runStep.ts'
import { startNew } from './startProcess.ts'

type Front = 'staff' | 'portal'
export interface Visitor {
  front: Front
  ip: string
  userAgent: string
}

/** Requests of one address: a person mistypes a few times, a program does not get far. */
const PER_ADDRESS: Limit = { times: 5, perMs: 60 * 60_000 }
/** Of all addresses together: a queue longer than this is read by nobody. */
const PER_HOUR: Limit = { times: 200, perMs: 60 * 60_000 }
/** Of what is sent, as JSON: public forms ask for a few words. */
const MAX_BYTES = 16 * 1024

/** Who sends a public form: a stranger with no role at all. */
const strangerOf = ({ front, ip, userAgent }: Visitor): Actor => ({
  ...systemActor,
  name: 'Solicitud pública',
  front,
  ip,
  userAgent: userAgent.slice(0, 300),
})

/** The processes that anybody may begin on this front without a session (`wf:publicForm`), as offered now. */
export async function publicProcesses(ctx: Ctx, front: Front): Promise<PublicProcessSummary[]> {
  const found: PublicProcessSummary[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const { key } of Object.values(installed.processes)) {
      const form = await publicFormOf(ctx, installed, key, front)
      if (form) found.push({ key, title: installed.pack.forms[form]?.title ?? definitionOf(installed, key).name })
    }
  }
  return found
}

/** The public form of a process; 404 when it has none on this front or is not offered now. */
export async function publicProcessView(given: Ctx, key: string, visitor: Visitor): Promise<PublicProcessView> {
  const ctx = as(given, strangerOf(visitor))
  const { installed, formKey } = await demandPublic(ctx, key, visitor.front)
  const form = resolveForm(installed, formKey, await settingsOf(ctx, installed))
  const environment = await formEnvironment(ctx, ctx.db, {
    installed,
    // What the data say is not for strangers; the check of the pack refuses such forms.
    form: null,
    properties: form.schema.properties ?? {},
    record: null,
    value: {},
  })
  const data = settleForm(form.model, {}, environment, { event: 'create', keepHidden: true }).value
  return {
    key,
    title: form.title ?? definitionOf(installed, key).name,
    form: formView(form),
    data,
    environment: environmentView(environment, form.schema),
  }
}

/**
 * Begins a process for a stranger. The answer tells nothing but that it arrived: who reads it decides. 404 not public,
 * 413, 422 with issues of the form, 429 `request.too-many`.
 */
export async function startPublicly(
  given: Ctx,
  input: { process: string; data: JsonObject; warned?: boolean },
  visitor: Visitor,
): Promise<void> {
  const ctx = as(given, strangerOf(visitor))
  const { formKey } = await demandPublic(ctx, input.process, visitor.front)
  if (Buffer.byteLength(JSON.stringify(input.data)) > MAX_BYTES) throw new CauceError('request.too-large')
  if (!(await takeFromLimit(ctx, `public:${visitor.ip}`, PER_ADDRESS))) throw tooMany(PER_ADDRESS)
  if (!(await takeFromLimit(ctx, 'public', PER_HOUR))) throw tooMany(PER_HOUR)
  await startNew(ctx, input, formKey)
}

/** Is this the id of a public form (its validator is then anybody's)? */
export async function isPublicForm(ctx: Ctx, front: Front, id: string): Promise<boolean> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const { key } of Object.values(installed.processes)) {
      const form = await publicFormOf(ctx, installed, key, front)
      if (form && id === `form.${installed.name}.${installed.number}.${form}`) return true
    }
  }
  return false
}

async function demandPublic(
  ctx: Ctx,
  key: string,
  front: Front,
): Promise<{ installed: InstalledPack; formKey: string }> {
  const installed = await processOf(ctx, key)
  const formKey = await publicFormOf(ctx, installed, key, front)
  if (!formKey) throw new CauceError('thing.not-found')
  return { installed, formKey }
}

async function publicFormOf(ctx: Ctx, installed: InstalledPack, key: string, front: Front): Promise<string | null> {
  const offered = definitionOf(installed, key).process.start.public
  if (offered?.front !== front) return null
  if (offered.when === null) return offered.form
  const facts = { record: {}, ref: {}, vars: {}, settings: await settingsOf(ctx, installed), task: null }
  const nobody = { id: null, roles: [], front }
  return conditionHolds(ctx, installed, { ...facts, actor: nobody }, offered.when) ? offered.form : null
}
