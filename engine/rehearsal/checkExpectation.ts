import type { StoryStep } from '#definitions'
import type { Json } from '#forms'
import { actorKeys, actorOf } from '../access/index.ts'
import { packsOf } from '../packs/index.ts'
import { linkOf, StoryFailure, type StoryState } from './storyState.ts'

/** Compares what a step says must be true with what is. */
export async function checkExpectation(state: StoryState, step: StoryStep, where: string): Promise<void> {
  const { expect } = step
  const fail = (message: string): never => {
    throw new StoryFailure(`${where}: ${message}`)
  }
  if (!expect) return
  if (expect.refused !== undefined) {
    if (state.refused?.status !== expect.refused)
      fail(`expected a refusal with ${expect.refused}, got ${state.refused?.status ?? 'none'}`)
    const paths = new Set(state.refused?.issues?.map((issue) => issue.path))
    for (const path of expect.issues ?? [])
      if (!paths.has(path)) fail(`expected an issue at "${path}", got ${[...paths].join(', ') || 'none'}`)
  }
  if (expect.record) {
    const link = linkOf(state, step)
    const record = await state.ctx.db.records(link.entity).get(link.id)
    for (const [field, wanted] of Object.entries(expect.record)) {
      const actual = record?.data[field] ?? null
      if (!matches(actual, resolveName(state, wanted)))
        fail(`${field} is ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`)
    }
  }
  if (expect.tasks) await checkTasks(state, step, fail)
  if (expect.mails) await checkMails(state, step, fail)
  if (expect.ended !== undefined) {
    const link = linkOf(state, step)
    const open = await state.ctx.db.instances.count({ 'record.id': link.id, status: 'running' })
    if ((open === 0) !== expect.ended) fail(expect.ended ? 'the case is still open' : 'the case has ended')
  }
}

async function checkTasks(state: StoryState, step: StoryStep, fail: (message: string) => never): Promise<void> {
  const link = linkOf(state, step)
  const open = await state.ctx.db.tasks.find({ 'record.id': link.id, status: 'open' })
  const wanted = step.expect?.tasks ?? []
  const keys = open.map((task) => task.node)
  const extra = keys.filter((key) => !wanted.some((task) => task.key === key))
  if (extra.length > 0) fail(`open tasks nobody expected: ${extra.join(', ')}`)
  for (const { key, for: name } of wanted) {
    const task = open.find((candidate) => candidate.node === key)
    if (!task) return fail(`expected task ${key}, open are: ${keys.join(', ') || 'none'}`)
    if (name === undefined) continue
    const user = await state.ctx.db.users.findOne({ email: `${name}@${state.domain}` })
    if (!user) return fail(`there is no user ${name}@${state.domain}`)
    const own = new Set(actorKeys(await packsOf(state.ctx).all(state.ctx), actorOf(user, null, null)))
    if (task.assignee !== user._id && !task.candidates.some((candidate) => own.has(candidate)))
      fail(`task ${key} is not for ${name}`)
  }
}

/** Every mail named must have been written by this step. */
async function checkMails(state: StoryState, step: StoryStep, fail: (message: string) => never): Promise<void> {
  const rows = await state.ctx.db.outbox.find({ kind: 'mail' })
  const fresh = rows.filter((row) => !state.seenMails.has(row._id))
  const written = fresh.map((row) => row.payload as { to?: string; template?: string })
  for (const { to, template } of step.expect?.mails ?? []) {
    if (!written.some((mail) => mail.to === to && mail.template === template)) {
      fail(
        `expected mail ${template} to ${to}; written: ${written.map((mail) => `${mail.template ?? ''} to ${mail.to ?? ''}`).join(', ') || 'none'}`,
      )
    }
  }
}

function resolveName(state: StoryState, value: Json): Json {
  if (typeof value !== 'string' || !value.startsWith('@')) return value
  return state.names.get(value) ?? value
}

/** A text between slashes is a regular expression. */
function matches(actual: Json, wanted: Json): boolean {
  if (typeof wanted === 'string' && wanted.length > 2 && wanted.startsWith('/') && wanted.endsWith('/')) {
    return typeof actual === 'string' && new RegExp(wanted.slice(1, -1)).test(actual)
  }
  return JSON.stringify(actual) === JSON.stringify(wanted)
}
