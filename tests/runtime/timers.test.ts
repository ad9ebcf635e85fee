import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** Timers, reminders and escalations, with the clock moved by hand. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const setClock = (at: string): void => works.product.clock?.freeze(new Date(at))

it('a duration and a date of the record are waited for, one after the other', async () => {
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('pause', { day: '2026-03-10' })
  await works.pass(0, 1, 59)
  expect((await works.case(id)).waits).toEqual([])
  expect(await works.db.timers.find({ instance: id })).toMatchObject([{ node: 'hours' }])
  await works.pass(0, 0, 2)
  // A day lasts until its end in Lima.
  expect(await works.db.timers.find({ instance: id })).toMatchObject([
    { node: 'until', dueAt: new Date('2026-03-11T04:59:59Z') },
  ])
  await works.pass(9)
  expect(await works.open(id)).toEqual(['work'])
})

it('a timer that leads to a failing step is one problem, and goes on when the cause is mended', async () => {
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('pause')
  await works.pass(0, 3)
  for (let minutes = 0; minutes < 5; minutes++) await works.pass(0, 0, 1)
  const open = async () =>
    (
      (await works.chief.get('/api/incidents')).body.items as {
        id: string
        node: string
        instance: { id: string }
        actions: string[]
      }[]
    ).filter((problem) => problem.instance.id === id)
  const [problem, ...more] = await open()
  expect(more).toEqual([])
  expect(problem).toMatchObject({ node: 'until', actions: ['retry', 'move', 'cancel', 'dismiss'] })
  const { record } = await works.case(id)
  const page = await works.worker.get(`/api/records/order/${record!.id}`)
  const patched = await works.worker.patch(
    `/api/records/order/${record!.id}`,
    { data: { day: '2026-03-03' } },
    { headers: { 'if-match': String(page.body.revision ?? page.body.record?.revision) } },
  )
  expect(patched.status).toBe(200)
  const answer = await works.chief.post(`/api/incidents/${problem!.id}/resolve`, {
    action: 'retry',
    reason: 'Has a day',
  })
  expect(answer.status).toBe(200)
  expect(await open()).toEqual([])
  await works.pass(2)
  expect(await works.open(id)).toEqual(['work'])
})

it('reminds one business day before a task is due and every day after, and escalates one business day late', async () => {
  // Monday; due in two business days is Wednesday; Thursday the 5th is a holiday of the pack.
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('wait')
  const mails = async () => (await works.db.outbox.find({ instance: id, kind: 'mail' })).length
  const [task] = await works.tasks(id)
  expect(task!.dueAt).toEqual(new Date('2026-03-04T15:00:00Z'))
  expect(await mails()).toBe(0)
  const moments = async (kind: string) =>
    (await works.db.timers.find({ instance: id, kind: kind })).map((timer) => timer.dueAt.toISOString())
  expect(await moments('escalate')).toEqual(['2026-03-06T15:00:00.000Z'])
  await works.pass(1)
  const each = await mails()
  expect(each).toBe(2)
  expect(await moments('notify')).toEqual(['2026-03-04T15:00:00.000Z'])
  await works.pass(1)
  expect(await mails()).toBe(2 * each)
  expect((await works.tasks(id))[0]!.candidates).toEqual(['role:worker'])
  await works.pass(2)
  // One reminder for the two days that nothing ran, with the same rhythm afterwards.
  expect(await mails()).toBe(3 * each)
  expect(await moments('notify')).toEqual(['2026-03-07T15:00:00.000Z'])
  expect((await works.tasks(id))[0]!.candidates).toEqual(['role:worker', 'role:chief'])
  const before = await mails()
  await works.complete(id, 'work')
  await works.pass(10)
  expect(await mails()).toBe(before)
  expect(await works.db.timers.find({ instance: id })).toEqual([])
})

it('an interrupting boundary timer ends its task', async () => {
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin('wait')
  await works.pass(21)
  expect(await works.open(id)).toEqual([])
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  expect(await works.data(id)).toMatchObject({ status: 'Cancelled' })
})

it.each([
  ['chase-once', 1, '2026-03-06T18:00:00.000Z'],
  ['chase-all', 3, '2026-03-06T15:00:00.000Z'],
  ['chase-skip', 0, '2026-03-06T15:00:00.000Z'],
])('%s: after three missed firings of a daily cycle it fired %i times', async (process, fired, next) => {
  setClock('2026-03-02T15:00:00Z')
  const id = await works.begin(process)
  // Nothing runs for three days and three hours.
  await works.pass(3, 3)
  const timer = async () => (await works.db.timers.find({ instance: id, kind: 'timer' }))[0]!.dueAt.toISOString()
  expect(await works.data(id)).toMatchObject({ nudges: fired })
  expect(await timer()).toBe(next)
  expect(await works.open(id)).toEqual(['work'])
  // On time, it goes on.
  works.product.clock?.freeze(new Date(next))
  await works.product.jobs.wake()
  expect(await works.data(id)).toMatchObject({ nudges: fired + 1 })
  expect(await timer()).toBe(new Date(new Date(next).getTime() + 24 * 3600_000).toISOString())
  await works.complete(id, 'work')
  expect(await works.db.timers.find({ instance: id })).toEqual([])
})
