import type { StoryDefinition, StoryStep } from '#definitions'
import type { Json, JsonObject } from '#forms'
import { actorOf } from '../access/index.ts'
import { MovableClock } from '../clock.ts'
import { as, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { storeFile } from '../files/index.ts'
import { packsOf } from '../packs/index.ts'
import { sendMessage, startProcess } from '../processes/index.ts'
import { createRecord, deleteRecord, findRecords, updateRecord, visibleRecord } from '../records/index.ts'
import { entityOf } from '../packs/index.ts'
import { completeTask } from '../tasks/index.ts'
import { checkExpectation } from './checkExpectation.ts'
import { sampleFile } from './sampleFiles.ts'
import { linkOf, StoryFailure, type StoryState } from './storyState.ts'

export interface StoryOptions {
  /** Domain of the demo users: step `as: "legal"` is `legal@<domain>`. */
  domain: string
  /** Names (`@acme`) → record ids known before the story. */
  names?: Map<string, string>
  /** Stops after so many steps. */
  until?: number
  /** Laid over the data of the first step that starts or creates something. */
  data?: JsonObject
  /** false: only play, expect nothing. */
  check?: boolean
  /** Does what fell due when a step moved the clock: jobs stand above stories, so they are handed in. */
  wake?: () => Promise<void>
  /** What people type where an outcome asks for the password again. */
  password?: string
  /** Called before each step: the demo moves its clock. */
  before?: (step: StoryStep, index: number) => void
}

/**
 * Plays a story step by step through the operations, as the people it names. Throws StoryFailure naming story, step and
 * what was expected. The context's clock must be movable: `wait` steps move it.
 */
export async function runStory(ctx: Ctx, story: StoryDefinition, options: StoryOptions): Promise<StoryState> {
  const state: StoryState = {
    ctx,
    domain: options.domain,
    names: options.names ?? new Map<string, string>(),
    wake: options.wake ?? (() => Promise.resolve()),
    entities: new Map(),
    seenMails: new Set(),
    password: options.password ?? null,
    refused: null,
    last: null,
  }
  let overlay = options.data
  for (const [index, step] of story.steps.entries()) {
    if (options.until !== undefined && index >= options.until) break
    options.before?.(step, index)
    state.refused = null
    if (step.expect?.mails)
      state.seenMails = new Set((await ctx.db.outbox.find({}, { fields: ['_id'] })).map((row) => row._id))
    const where = `${story.title}, step ${index + 1}`
    try {
      const isFirst = overlay !== undefined && (step.start !== undefined || step.create !== undefined)
      await playStep(state, isFirst ? { ...step, data: { ...step.data, ...overlay } } : step)
      if (isFirst) overlay = undefined
    } catch (error) {
      if (!(error instanceof CauceError) || step.expect?.refused === undefined) {
        throw new StoryFailure(`${where}: ${describe(error)}`, { cause: error })
      }
      state.refused = error
    }
    if (options.check !== false) await checkExpectation(state, step, where)
  }
  return state
}

function describe(error: unknown): string {
  if (error instanceof CauceError) {
    const issues = error.issues?.map((issue) => `${issue.path}: ${issue.message}`).join('; ')
    return `${error.code} ${error.message} ${issues ?? ''} ${JSON.stringify(error.details ?? {})}`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** The context of a demo user by the part of his e-mail before the @. */
export async function contextOf(ctx: Ctx, name: string, domain: string): Promise<Ctx> {
  const user = await ctx.db.users.findOne({ email: `${name}@${domain}` })
  if (!user) throw new StoryFailure(`there is no user ${name}@${domain}`)
  return as(ctx, actorOf(user, null, null))
}

async function playStep(state: StoryState, step: StoryStep): Promise<void> {
  if (step.wait !== undefined) {
    await wait(state, step)
    return
  }
  const ctx = await contextOf(state.ctx, step.as ?? '', state.domain)
  const data = await resolveData(state, ctx, step.data ?? {})
  if (step.start !== undefined) {
    const { instance } = await startProcess(ctx, { process: step.start, data, warned: true })
    remember(state, step, instance.record)
  } else if (step.create !== undefined) {
    const record = await createRecord(ctx, { entity: step.create, data })
    remember(state, step, { entity: record.entity, id: record.id })
  } else if (step.complete !== undefined) {
    const link = linkOf(state, step)
    const task = await ctx.db.tasks.findOne({ 'record.id': link.id, node: step.complete, status: 'open' })
    if (!task) throw new StoryFailure(`no open task ${step.complete}`)
    const { reason, ...rest } = data
    await completeTask(ctx, {
      task: task._id,
      outcome: step.outcome ?? 'done',
      data: rest,
      ...(typeof reason === 'string' ? { reason } : {}),
      ...(state.password !== null ? { password: state.password } : {}),
      warned: true,
    })
  } else if (step.message !== undefined) {
    const link = linkOf(state, step)
    const instance = await ctx.db.instances.findOne({ 'record.id': link.id, status: 'running' })
    if (!instance) throw new CauceError('message.not-expected')
    const { reason, ...rest } = data
    await sendMessage(ctx, {
      instance: instance._id,
      name: step.message,
      data: rest,
      ...(typeof reason === 'string' ? { reason } : {}),
    })
  } else if (step.edit !== undefined || step.delete !== undefined) {
    const link = linkOf(state, step)
    const stored = await ctx.db.records(link.entity).get(link.id)
    const input = { entity: link.entity, id: link.id, revision: stored?.revision ?? null }
    if (step.edit !== undefined) await updateRecord(ctx, { ...input, data })
    else await deleteRecord(ctx, input)
  } else if (step.request !== undefined) {
    await request(state, ctx, step.request)
  }
}

function remember(state: StoryState, step: StoryStep, record: { entity: string; id: string } | null): void {
  if (!record) return
  state.last = record
  if (!step.save) return
  state.names.set(`@${step.save}`, record.id)
  state.entities.set(`@${step.save}`, record.entity)
}

/** Puts ids where names stand and uploads the sample files that `@file:pdf` asks for. */
async function resolveData(state: StoryState, ctx: Ctx, data: JsonObject): Promise<JsonObject> {
  const resolve = async (value: Json): Promise<Json> => {
    if (typeof value === 'string' && value.startsWith('@file:')) {
      const [, kind = 'pdf', title] = value.split(':')
      const file = sampleFile(kind, title ?? 'Archivo')
      return (await storeFile(ctx, { name: file.name, content: file.content, maxBytes: 10 * 1024 * 1024 }))._id
    }
    if (typeof value === 'string' && value.startsWith('@'))
      return state.names.get(value) ?? (await userId(state, value)) ?? value
    if (Array.isArray(value)) return Promise.all(value.map(resolve))
    if (value !== null && typeof value === 'object') return resolveData(state, ctx, value)
    return value
  }
  const entries = await Promise.all(
    Object.entries(data).map(async ([name, value]) => [name, await resolve(value)] as const),
  )
  return Object.fromEntries(entries)
}

async function userId(state: StoryState, name: string): Promise<string | null> {
  return (await state.ctx.db.users.findOne({ email: `${name.slice(1)}@${state.domain}` }))?._id ?? null
}

/** `GET /api/records/<entity>/@name` or a list: what the person would get. */
async function request(state: StoryState, ctx: Ctx, line: string): Promise<void> {
  const match = /^GET \/api\/records\/([\w-]+)(?:\/(@?[\w.-]+))?$/.exec(line)
  if (!match?.[1]) throw new StoryFailure(`a story can request records only, not "${line}"`)
  if (match[2] === undefined) await findRecords(ctx, { entity: match[1], filters: {}, ranges: {}, page: 1, size: 25 })
  else await visibleRecord(ctx, ctx.db, await entityOf(ctx, match[1]), state.names.get(match[2]) ?? match[2])
}

const DAY = 24 * 3600_000

/** `P10D`, `5bd` (business days) or `until due`: the clock moves, and what became due happens. */
async function wait(state: StoryState, step: StoryStep): Promise<void> {
  const { clock } = state.ctx
  if (!(clock instanceof MovableClock)) throw new StoryFailure('a story that waits needs a clock that can be moved')
  const text = step.wait ?? ''
  const now = clock.now()
  let target: Date
  const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(text)
  const business = /^(\d+)bd$/.exec(text)
  if (duration) {
    target = new Date(
      now.getTime() +
        Number(duration[1] ?? 0) * DAY +
        Number(duration[2] ?? 0) * 3600_000 +
        Number(duration[3] ?? 0) * 60_000,
    )
  } else if (business) {
    const installed = (await packsOf(state.ctx).all(state.ctx))[0]
    const add = installed?.functions['business.add'] as unknown as
      ((from: unknown, days: number) => unknown) | undefined
    if (!add) throw new StoryFailure('business days need a calendar')
    target = new Date(String(add(now.toISOString(), Number(business[1]))))
  } else if (text === 'until due') {
    const link = linkOf(state, step)
    const task = await state.ctx.db.tasks.findOne(
      { 'record.id': link.id, status: 'open', dueAt: { $ne: null } },
      { sort: { dueAt: 1 } },
    )
    if (!task?.dueAt) throw new StoryFailure('no open task has a due date')
    target = task.dueAt
  } else {
    throw new StoryFailure(`cannot wait "${text}"`)
  }
  clock.advance(target.getTime() - now.getTime())
  await state.wake()
}
