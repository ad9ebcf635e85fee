import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { Works } from './worksProduct.ts'

/** Holidays that an authorised person changes without a release, and the terms that are counted with them. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const due = async (): Promise<string> => {
  // Two business days from Monday 2 March, at ten in the morning in Lima.
  works.product.clock?.freeze(new Date('2026-03-02T15:00:00Z'))
  const id = await works.begin('wait')
  return (await works.tasks(id))[0]!.dueAt!.toISOString()
}
const calendar = async () => (await works.chief.get('/api/settings/calendar?year=2026')).body
const put = (body: object, who: 'chief' | 'worker' = 'chief') =>
  works[who].send('PUT', '/api/settings/calendar', { body })

it('a holiday of the company moves the terms counted from then on, and taking it back moves them back', async () => {
  expect(await due()).toBe('2026-03-04T15:00:00.000Z')
  expect((await calendar()).days).toEqual([{ day: '2026-03-05', name: '', official: true, holiday: true, own: false }])
  const added = await put({ day: '2026-03-03', as: 'holiday', name: 'Founding day', reason: 'Agreed by the board' })
  expect(added).toMatchObject({
    status: 200,
    body: {
      days: [
        { day: '2026-03-03', name: 'Founding day', official: false, holiday: true, own: true },
        { day: '2026-03-05' },
      ],
    },
  })
  // Tuesday is free, and so is Thursday: the second business day is Friday.
  expect(await due()).toBe('2026-03-06T15:00:00.000Z')
  expect((await put({ day: '2026-03-05', as: 'workday' })).body.days[1]).toMatchObject({ holiday: false, own: true })
  expect(await due()).toBe('2026-03-05T15:00:00.000Z')
  await put({ day: '2026-03-05', as: 'official' })
  await put({ day: '2026-03-03', as: 'official' })
  expect(await due()).toBe('2026-03-04T15:00:00.000Z')

  const { changes } = await calendar()
  expect(changes.map(({ who, day, change, reason }: Record<string, string>) => [who, day, change, reason])).toEqual([
    ['Carla Chief', '2026-03-03', 'removed', ''],
    ['Carla Chief', '2026-03-05', 'restored', ''],
    ['Carla Chief', '2026-03-05', 'worked', ''],
    ['Carla Chief', '2026-03-03', 'added', 'Agreed by the board'],
  ])
})

it('is for who may change Configuración, and refuses what is no day', async () => {
  expect((await works.worker.get('/api/settings/calendar?year=2026')).status).toBe(403)
  expect((await put({ day: '2026-03-03', as: 'holiday', name: 'Mine' }, 'worker')).status).toBe(403)
  expect((await put({ day: '2026-02-30', as: 'holiday', name: 'None' })).status).toBe(422)
  expect((await put({ day: '2026-03-10', as: 'holiday', name: '  ' })).status).toBe(422)
  expect((await put({ day: '2026-03-10', as: 'feast' })).status).toBe(400)
  expect((await works.chief.get('/api/settings/calendar?year=never')).status).toBe(400)
  expect((await calendar()).days).toHaveLength(1)
})
