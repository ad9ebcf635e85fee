import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** Cases that ended and begin again at a node, by a message of their process. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const ended = async (): Promise<string> => {
  const id = await works.begin('redo')
  await works.complete(id, 'draft')
  await works.complete(id, 'sign')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  return id
}
const send = (who: 'chief' | 'worker', id: string, reason?: string) =>
  works[who].post(`/api/instances/${id}/messages/again`, reason === undefined ? {} : { reason })
const after = async (id: string) => (await works.db.instances.find({ reopens: id }))[0]!
const offered = async (who: 'chief' | 'worker', id: string) => {
  const { record } = await works.case(id)
  const page = await works[who].get(`/api/records/order/${record!.id}`)
  return (page.body.messages as { name: string; instance: string; reason: boolean }[]).map(
    ({ name, instance, reason }) => ({ name, instance, reason }),
  )
}

it('an ended case begins again at the node of the message, with its record, its variables and a reason', async () => {
  const id = await ended()
  expect(await works.data(id)).toMatchObject({ status: 'Done', nudges: 1 })
  expect(await offered('worker', id)).toEqual([])
  expect(await offered('chief', id)).toEqual([{ name: 'again', instance: id, reason: true }])
  expect((await send('worker', id, 'Because')).status).toBe(403)
  expect((await send('chief', id)).status).toBe(422)
  expect((await send('chief', id, '  ')).status).toBe(422)
  expect(await works.db.instances.find({ reopens: id })).toEqual([])

  expect((await send('chief', id, 'A page was missing')).status).toBe(200)
  const next = await after(id)
  expect(next).toMatchObject({ status: 'running', process: 'redo', record: (await works.case(id)).record })
  expect(await works.open(next._id)).toEqual(['sign'])
  expect(await works.data(id)).toMatchObject({ status: 'Open' })
  expect(await offered('chief', id)).toEqual([])
  // Once, however often it is asked.
  expect((await send('chief', id, 'A page was missing')).status).toBe(409)

  const history = await works.chief.get(`/api/records/order/${next.record!.id}/history`)
  const lines = (history.body.items as { text: string; who: string }[]).map(({ text, who }) => `${who}: ${text}`)
  expect(lines.slice(0, 2)).toEqual(['Carla Chief: Estado: Open', 'Carla Chief: Open again: A page was missing'])
  const [audit] = await works.db.audit.find({ instance: next._id, action: 'process.started' })
  expect(audit).toMatchObject({ actorName: 'Carla Chief', details: { message: 'again', reason: 'A page was missing' } })
  const diagram = await works.chief.get(`/api/instances/${next._id}`)
  expect(diagram.body.open).toEqual(['sign'])
  expect((diagram.body.visits as { id: string }[]).map((visit) => visit.id)).toEqual(['sign'])

  await works.complete(next._id, 'sign')
  expect(await works.case(next._id)).toMatchObject({ status: 'completed' })
  expect(await works.data(id)).toMatchObject({ status: 'Done', nudges: 2 })
  // The last case is the one to begin again, not the first.
  expect(await offered('chief', id)).toEqual([{ name: 'again', instance: next._id, reason: true }])
  expect((await send('chief', id, 'Of long ago')).status).toBe(409)
})

it('of two people who re-open at the same instant one does, and a running case is not re-opened', async () => {
  const id = await ended()
  const answers = await Promise.all([send('chief', id, 'One'), send('chief', id, 'Two'), send('chief', id, 'Three')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  expect(await works.db.instances.find({ reopens: id })).toHaveLength(1)
  const running = await works.begin('redo')
  expect((await send('chief', running, 'Too soon')).status).toBe(409)
})

it('is found by the record, and a stopped case may begin again where the message allows it', async () => {
  const id = await ended()
  const { record } = await works.case(id)
  const answer = await works.chief.post('/api/messages/again', { record, reason: 'By its record' })
  expect(answer.status).toBe(200)
  const next = await after(id)
  // Stopped in the middle: its state says that nothing was done, so this message is not for it.
  await works.db.instances.updateOne({ _id: next._id }, { $set: { status: 'cancelled', state: null, waits: [] } })
  expect((await works.chief.post('/api/messages/again', { record, reason: 'Stopped' })).status).toBe(409)
})
