import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** The clock of a task stands still for a declared reason, and what was due is due later by the business time. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const setClock = (at: string): void => works.product.clock?.freeze(new Date(at))
const taskOf = async (id: string) => (await works.tasks(id))[0]!
const timers = async (id: string) =>
  Object.fromEntries(
    (await works.db.timers.find({ instance: id })).map((timer) => [timer.kind, timer.dueAt.toISOString()]),
  )
const pause = (task: string, body: object = { key: 'customer', comment: 'They look for the paper' }) =>
  works.worker.post(`/api/tasks/${task}/pause`, body)

it('stops deadline, reminder, escalation and border timer, and lets them run again', async () => {
  // Monday; due in two business days; Thursday the 5th is a holiday of the pack.
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('wait')
  const task = await taskOf(id)
  const before = await timers(id)
  expect(before).toEqual({
    notify: '2026-03-03T15:00:00.000Z',
    escalate: '2026-03-06T15:00:00.000Z',
    timer: '2026-03-22T15:00:00.000Z',
  })
  const page = await works.worker.get(`/api/tasks/${task._id}`)
  expect(page.body.pauses).toEqual([
    { key: 'customer', label: 'Waiting for the customer' },
    { key: 'parts', label: 'Waiting for parts' },
  ])
  expect((await pause(task._id, { key: 'holiday' })).status).toBe(422)
  expect((await works.worker.post(`/api/tasks/${task._id}/resume`, {})).status).toBe(409)

  const paused = await pause(task._id)
  expect(paused).toMatchObject({
    status: 200,
    body: {
      dueAt: null,
      pause: { label: 'Waiting for the customer', comment: 'They look for the paper', by: 'Will Worker' },
    },
  })
  expect((await pause(task._id)).status).toBe(409)
  // Weeks later nobody was reminded, nothing escalated, and the border did not end the task.
  setClock('2026-04-20T15:00:00Z')
  await works.product.jobs.wake()
  expect(await works.open(id)).toEqual(['work'])
  expect(await works.db.outbox.find({ instance: id, kind: 'mail' })).toEqual([])
  expect((await taskOf(id)).candidates).toEqual(['role:worker'])

  expect((await works.worker.post(`/api/tasks/${task._id}/resume`, {})).body).toMatchObject({ pause: null })
  // 49 days are 7 weeks of five business days, one of them a holiday: 34 business days later, whatever it was.
  const after = await timers(id)
  expect((await taskOf(id)).dueAt?.toISOString()).toBe('2026-04-22T15:00:00.000Z')
  expect(after).toEqual({
    notify: '2026-04-21T15:00:00.000Z',
    escalate: '2026-04-23T15:00:00.000Z',
    // It was due on a Sunday: from the following Monday on.
    timer: '2026-05-08T05:00:00.000Z',
  })
  await works.pass(1)
  expect((await works.db.outbox.find({ instance: id, kind: 'mail' })).length).toBeGreaterThan(0)

  const history = await works.chief.get(`/api/records/order/${task.record!.id}/history`)
  const lines = (history.body.items as { text: string; who: string }[]).map(({ text, who }) => `${who}: ${text}`)
  expect(lines).toContain('Will Worker: Work — Waiting for the customer: They look for the paper')
  expect(lines).toContain('Will Worker: Work — Vuelve a correr el plazo')
  const audit = await works.db.audit.find({ instance: id, action: { $in: ['task.paused', 'task.resumed'] } })
  expect(audit.map((row) => [row.action, row.details])).toEqual([
    ['task.paused', { reason: 'customer', comment: 'They look for the paper' }],
    ['task.resumed', { reason: 'customer', dueAt: '2026-04-22T15:00:00.000Z' }],
  ])
  // The border timer still ends the task, at its new time.
  setClock('2026-05-08T06:00:00Z')
  await works.product.jobs.wake()
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
})

it('a paused task can be done, and two people who pause it at once pause it once', async () => {
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('wait')
  const task = await taskOf(id)
  const answers = await Promise.all([pause(task._id), pause(task._id, { key: 'parts' })])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await works.db.audit.find({ instance: id, action: 'task.paused' })).toHaveLength(1)
  await works.complete(id, 'work')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  expect(await works.db.timers.find({ instance: id })).toEqual([])
  expect((await works.worker.post(`/api/tasks/${task._id}/resume`, {})).status).toBe(409)
})

it('is for those who do the task', async () => {
  const id = await works.begin('wait')
  const task = await taskOf(id)
  expect((await works.chief.post(`/api/tasks/${task._id}/pause`, { key: 'customer' })).status).toBe(403)
})
