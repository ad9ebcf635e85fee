import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { JsonObject } from '#forms'
import { Works } from './worksProduct.ts'

/** Durable service tasks: the outside is called after the commit, again when it fails, and people decide at the end. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const problems = async (status = 'open') =>
  (await works.chief.get(`/api/incidents?status=${status}`)).body.items as {
    id: string
    instance: { id: string } | null
    actions: string[]
    title: string
    detail: string
    resolution: { reason: string; by: string } | null
  }[]
const problemOf = async (id: string) => (await problems()).find((problem) => problem.instance?.id === id)
const resolve = (id: string, action: string, reason = 'The outside is back') =>
  works.chief.post(`/api/incidents/${id}/resolve`, { action, reason })

it('calls the service with its input and a key of its own, and writes its answer', async () => {
  const calls: { input: JsonObject; key: string }[] = []
  await works.outside((input, { idempotencyKey }) => {
    calls.push({ input, key: idempotencyKey })
    return Promise.resolve({ receipt: 'R-1' })
  })
  const id = await works.begin('deliver', { subject: 'A parcel' })
  expect(await works.open(id)).toEqual(['accept'])
  expect(await works.data(id)).toMatchObject({ receipt: 'R-1' })
  expect(calls).toEqual([{ input: { what: 'A parcel' }, key: expect.stringContaining(id) as unknown }])
  await works.complete(id, 'accept')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
})

it('tries again with a doubled pause and the same key, then a person does', async () => {
  const keys: string[] = []
  let isBroken = true
  await works.outside((_input, { idempotencyKey }) => {
    keys.push(idempotencyKey)
    return isBroken ? Promise.reject(new Error('the outside is down')) : Promise.resolve({ receipt: 'R-2' })
  })
  const id = await works.begin('deliver')
  expect(keys).toHaveLength(1)
  await works.pass(0, 0, 0.9)
  expect(keys).toHaveLength(1)
  await works.pass(0, 0, 0.2)
  expect(keys).toHaveLength(2)
  await works.pass(0, 0, 1.9)
  expect(keys).toHaveLength(2)
  expect(await problemOf(id)).toBeUndefined()
  await works.pass(0, 0, 0.2)
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)

  const problem = (await problemOf(id))!
  expect(problem).toMatchObject({ detail: 'the outside is down', actions: ['retry', 'move', 'cancel', 'dismiss'] })
  await works.pass(3)
  expect(keys).toHaveLength(3)
  isBroken = false
  const refused = await works.worker.post(`/api/incidents/${problem.id}/resolve`, { action: 'retry', reason: 'Mine' })
  expect(refused.status).toBe(403)
  expect((await resolve(problem.id, 'retry')).status).toBe(200)
  await works.product.jobs.wake()
  expect(await works.open(id)).toEqual(['accept'])
  expect(await works.data(id)).toMatchObject({ receipt: 'R-2' })
  expect((await resolve(problem.id, 'retry')).status).toBe(409)
  const done = (await problems('resolved')).find((resolved) => resolved.id === problem.id)
  expect(done?.resolution).toMatchObject({ reason: 'The outside is back', by: 'Carla Chief' })
  expect(await works.db.audit.find({ action: 'incident.retry', instance: id })).toMatchObject([
    { details: { reason: 'The outside is back' } },
  ])
})

it('an error with a code of its own goes to the boundary event, without another try', async () => {
  let calls = 0
  await works.outside(() => {
    calls += 1
    return Promise.reject(Object.assign(new Error('We do not take this'), { code: 'REFUSED' }))
  })
  const id = await works.begin('deliver')
  expect(await works.open(id)).toEqual(['mend'])
  await works.pass(1)
  expect(calls).toBe(1)
})

it('an error of its own that nothing catches is a problem that keeps what the outside said', async () => {
  await works.outside(() => Promise.reject(Object.assign(new Error('Out of stock'), { code: 'NO_STOCK' })))
  const id = await works.begin('deliver')
  await works.pass(1)
  const problem = (await problemOf(id))!
  expect(problem).toMatchObject({ detail: 'Out of stock' })
  // Trying again meets the same answer: still one problem.
  expect((await resolve(problem.id, 'retry')).body).toMatchObject({ code: 'step.failed' })
  expect((await problems()).filter((open) => open.instance?.id === id)).toHaveLength(1)
  expect((await resolve(problem.id, 'cancel', 'They never have it')).status).toBe(200)
  expect(await works.case(id)).toMatchObject({ status: 'cancelled' })
  expect(await problemOf(id)).toBeUndefined()
})

it('an answer that does not come in time is a failure, and its late arrival changes nothing', async () => {
  let answerNow: (value: { receipt: string }) => void = () => undefined
  let calls = 0
  await works.outside(() => {
    calls += 1
    return calls === 1 ? new Promise((resolve) => (answerNow = resolve)) : Promise.resolve({ receipt: 'second' })
  })
  const id = await works.begin('deliver')
  expect(await works.open(id)).toEqual([])
  answerNow({ receipt: 'first, too late' })
  await works.pass(0, 0, 2)
  expect(await works.data(id)).toMatchObject({ receipt: 'second' })
  expect(calls).toBe(2)
})

it('dismissing needs no more than a reason, and leaves the case as it is', async () => {
  await works.outside(() => Promise.reject(new Error('down')))
  const id = await works.begin('deliver')
  for (const minutes of [2, 3, 5]) await works.pass(0, 0, minutes)
  const problem = (await problemOf(id))!
  expect((await resolve(problem.id, 'dismiss', '')).status).toBe(400)
  expect((await resolve(problem.id, 'dismiss', 'Sent by hand')).status).toBe(200)
  expect(await works.case(id)).toMatchObject({ status: 'running' })
  expect(await works.db.audit.find({ action: 'incident.dismiss', instance: id })).toHaveLength(1)
})
