import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** Ways that leave the straight one: what was done is taken back, help is asked for, somebody fails, nobody reacts. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

it('takes back what was done, and only when it is asked to', async () => {
  const sent: unknown[] = []
  await works.outside((input) => {
    sent.push(input)
    return Promise.resolve({ receipt: 'C-1' })
  })
  const kept = await works.begin('undo')
  await works.complete(kept, 'book')
  await works.complete(kept, 'pay')
  expect(await works.data(kept)).toMatchObject({ status: 'Done' })
  expect(sent).toEqual([])

  const undone = await works.begin('undo')
  await works.complete(undone, 'book')
  await works.complete(undone, 'pay', 'undo')
  expect(sent).toEqual([{ what: 'cancel' }])
  expect(await works.data(undone)).toMatchObject({ status: 'Cancelled', receipt: 'C-1' })
  expect(await works.case(undone)).toMatchObject({ status: 'completed' })
})

it('asks somebody for help beside the work, which goes on', async () => {
  const id = await works.begin('raise')
  await works.complete(id, 'work', 'ask')
  expect(await works.open(id)).toEqual(['boss', 'more'])
  await works.complete(id, 'more')
  expect(await works.open(id)).toEqual(['boss'])
  expect(await works.data(id)).toMatchObject({ status: 'Done' })
  await works.complete(id, 'boss')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
})

it('an error of a part ends that part and goes its own way', async () => {
  const id = await works.begin('raise')
  await works.complete(id, 'work', 'fail')
  expect(await works.open(id)).toEqual(['mend'])
  await works.complete(id, 'mend')
  expect(await works.data(id)).toMatchObject({ status: 'Cancelled' })
  const other = await works.begin('raise')
  await works.complete(other, 'work')
  expect(await works.data(other)).toMatchObject({ status: 'Done' })
})

it('climbs a ladder of reminders rung by rung, though nothing ran for a week', async () => {
  // Monday; due on Wednesday; Thursday the 5th is a holiday of the pack.
  works.product.clock?.freeze(new Date('2026-03-02T15:00:00Z'))
  const id = await works.begin('ladder')
  const to = async () =>
    (await works.db.outbox.find({ instance: id, kind: 'mail' }, { sort: { createdAt: 1 } })).map((row) =>
      (row.payload as { to: string }).to.replace('@works.example', ''),
    )
  expect((await works.db.timers.find({ instance: id }, { sort: { dueAt: 1 } })).map((row) => row.dueAt)).toEqual(
    ['2026-03-03', '2026-03-03', '2026-03-04', '2026-03-06', '2026-03-09'].map((day) => new Date(`${day}T15:00:00Z`)),
  )
  await works.pass(1)
  expect((await to()).sort()).toEqual(['wanda', 'worker'])
  expect(await works.data(id)).toMatchObject({ nudges: 1 })
  // Down for a week: each rung is told once, and the cycle of three fires for each time that it missed.
  await works.pass(7)
  expect((await to()).sort()).toEqual(['chief', 'wanda', 'wanda', 'worker', 'worker'])
  expect((await works.tasks(id))[0]!.candidates).toEqual(['role:worker', 'role:chief'])
  expect(await works.data(id)).toMatchObject({ nudges: 3 })
  expect(await works.db.timers.find({ instance: id })).toEqual([])
  await works.pass(30)
  expect(await works.data(id)).toMatchObject({ nudges: 3 })
  expect(await to()).toHaveLength(5)
  expect(await works.open(id)).toEqual(['work'])
})
