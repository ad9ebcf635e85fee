import { randomUUID } from 'node:crypto'
import type { Json, JsonObject } from '#forms'
import type { JobRequest, ProcessEvent } from '../bpmn/index.ts'
import { sendSecretMail } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { deliverMail } from '../notify/index.ts'
import { packsOf, settingsOf } from '../packs/index.ts'
import type { InstanceDoc, OutboxDoc } from '../persistence/index.ts'
import { renewQueued } from '../records/index.ts'
import { runSystemStepOnce, startCalled } from '../processes/index.ts'

/** An error that a boundary event of the process may catch: it carries a code of its own. */
interface BusinessError {
  code: string
  message: string
}

/** Does what one outbox row asks for. Resolves when it is done; rejects to be tried again. */
export async function workOff(ctx: Ctx, row: OutboxDoc): Promise<void> {
  if (row.kind === 'mail') return deliverMail(ctx, row)
  if (row.kind === 'secret-mail') return sendSecretMail(ctx, row)
  if (row.kind === 'renew') return renewQueued(ctx, row.payload)
  const instance = row.instance ? await ctx.db.instances.get(row.instance) : null
  // The case ended meanwhile: nobody waits for this any more.
  if (instance?.status !== 'running') return
  if (row.kind === 'call') {
    await startCalled(ctx, { parent: instance, executionId: row.executionId ?? '', call: row.payload as never })
    return
  }
  if (row.kind === 'return') {
    const { result = null, error } = row.payload as { result?: Json; error?: BusinessError }
    const executionId = row.executionId ?? ''
    const event: ProcessEvent = { type: 'job', executionId, result, ...(error ? { error } : {}) }
    const child = await ctx.db.instances.findOne({ 'parent.instance': instance._id, 'parent.executionId': executionId })
    await runSystemStepOnce(ctx, { instance: instance._id, event, after: child })
    return
  }
  await runService(ctx, row, instance)
}

/**
 * Calls the service of a service task and hands its result to the process as an event. The result is kept on the row
 * first, so that a crash between the two does not call the outside again; the idempotency key covers a crash before.
 */
async function runService(ctx: Ctx, row: OutboxDoc, instance: InstanceDoc): Promise<void> {
  const job = row.payload as unknown as JobRequest & { answer?: JsonObject }
  let answer = job.answer
  if (!answer) {
    const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
    const service = installed.services[job.service]
    if (!service) throw new Error(`there is no service ${job.service}`)
    try {
      const result = await withTimeout(
        service(job.input, {
          now: ctx.clock.now(),
          timeZone: ctx.config.timeZone,
          settings: await settingsOf(ctx, installed),
          idempotencyKey: `${instance._id}:${job.executionId}`,
          log: (message) => {
            ctx.log.info({ instance: instance._id, service: job.service }, message)
          },
        }),
        milliseconds(job.timeout),
      )
      answer = { result }
    } catch (error) {
      const business = asBusinessError(error)
      if (!business) throw error
      answer = { error: { ...business } }
    }
    await ctx.db.outbox.updateOne({ _id: row._id }, { $set: { payload: { ...row.payload, answer } } })
  }
  const { result = null, error } = answer as { result?: Json; error?: BusinessError }
  // A result that the case no longer waits for is dropped: the step is done, by us before a crash or by another process.
  await runSystemStepOnce(ctx, {
    instance: instance._id,
    event: { type: 'job', executionId: job.executionId, result, ...(error ? { error } : {}) },
  })
}

function asBusinessError(error: unknown): BusinessError | null {
  const { code, message } = error as { code?: unknown; message?: unknown }
  // Codes of the network and of Node (ECONNREFUSED …) are no business of the process: they are tried again.
  if (typeof code !== 'string' || /^E[A-Z]+$|^ERR_|^UND_/.test(code)) return null
  return { code, message: typeof message === 'string' ? message : code }
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${ms} ms`))
    }, ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** An ISO 8601 duration of days, hours, minutes and seconds in milliseconds. */
export function milliseconds(duration: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(duration)
  if (!match) return 30_000
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((group) => Number(match[group] ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

/** Writes the incident of a row that was given up: people decide what happens now. */
export async function giveUp(ctx: Ctx, row: OutboxDoc, message: string): Promise<void> {
  const now = ctx.clock.now()
  await ctx.transaction(async (db) => {
    const given = await db.outbox.updateOne(
      { _id: row._id, status: 'pending' },
      { $set: { status: 'failed', doneAt: now, lease: null, lastError: message } },
    )
    if (given === 0) return
    await db.incidents.insert({
      _id: randomUUID(),
      instance: row.instance,
      node: typeof row.payload.node === 'string' ? row.payload.node : null,
      code: `${row.kind}.failed`,
      message,
      event: {},
      outbox: row._id,
      at: now,
      status: 'open',
      actor: null,
      resolution: null,
    })
  })
}
