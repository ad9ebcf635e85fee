import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** A case that is stuck is led to another step by those who keep the work running. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

interface Problem {
  id: string
  node: string
  instance: { id: string } | null
  actions: string[]
  places: { id: string; name: string }[]
}
const problemsOf = async (id: string): Promise<Problem[]> =>
  ((await works.chief.get('/api/incidents')).body.items as Problem[]).filter((one) => one.instance?.id === id)
const resolve = (problem: Problem, body: object) => works.chief.post(`/api/incidents/${problem.id}/resolve`, body)

it('leads a case whose service does not answer to another step of the same part', async () => {
  await works.outside(() => Promise.reject(new Error('down')))
  const id = await works.begin('deliver')
  for (const minutes of [2, 3, 5]) await works.pass(0, 0, minutes)
  const [problem] = await problemsOf(id)
  expect(problem).toMatchObject({ node: 'send', actions: ['retry', 'move', 'cancel', 'dismiss'] })
  expect(problem!.places.map((place) => place.id)).toEqual(['accept', 'mend', 'end', 'given'])

  const reason = 'They answered by telephone'
  const before = await works.case(id)
  expect(
    (await works.worker.post(`/api/incidents/${problem!.id}/resolve`, { action: 'move', to: 'mend', reason })).status,
  ).toBe(403)
  expect((await resolve(problem!, { action: 'move', reason })).status).toBe(409)
  expect((await resolve(problem!, { action: 'move', to: 'refused', reason })).status).toBe(409)
  expect((await works.case(id)).revision).toBe(before.revision)

  const answer = await resolve(problem!, { action: 'move', to: 'accept', reason })
  expect(answer.body).toMatchObject({ status: 'resolved', places: [], resolution: { action: 'move', reason } })
  expect(await works.open(id)).toEqual(['accept'])
  expect(await problemsOf(id)).toEqual([])
  // The service is not called any more, whatever time passes.
  let called = 0
  await works.outside(() => {
    called += 1
    return Promise.resolve({ receipt: 'R-9' })
  })
  await works.pass(1)
  expect(called).toBe(0)
  expect((await resolve(problem!, { action: 'move', to: 'mend', reason })).status).toBe(409)

  const history = await works.chief.get(`/api/records/order/${before.record!.id}/history`)
  expect((history.body.items as { text: string }[]).map(({ text }) => text)).toContain(
    `Operaciones llevó el trámite de «Send» a «Accept»: ${reason}`,
  )
  expect(await works.db.audit.find({ instance: id, action: 'incident.move' })).toMatchObject([
    { actorName: 'Carla Chief', details: { reason, to: 'accept' } },
  ])
  await works.complete(id, 'accept')
  expect(await works.data(id)).toMatchObject({ status: 'Done' })
})

it('leads a case past a timer whose step fails', async () => {
  const id = await works.begin('pause')
  await works.pass(0, 3)
  const [problem] = await problemsOf(id)
  expect(problem!.actions).toContain('move')
  expect((await resolve(problem!, { action: 'move', to: 'work', reason: 'Nobody knows the day' })).status).toBe(200)
  expect(await works.open(id)).toEqual(['work'])
  expect(await works.db.timers.find({ instance: id })).toEqual([])
  await works.complete(id, 'work')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
})
