import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import { testDatabaseUri } from '../setup/database.ts'
import { startProduct } from '../setup/startProduct.ts'
import type { Running } from '../../engine/main.ts'
import { signIn, type Visitor } from '../http/harness.ts'

/** Two servers on one store whose clocks differ by an hour: what happened first stands first. */
const HOUR = 3600_000
let ahead: Running
let behind: Running
let atAhead: Visitor
let atBehind: Visitor

beforeAll(async () => {
  const options = {
    packs: ['works'],
    packsDir: resolve(import.meta.dirname, 'packs'),
    environment: { MONGODB_URI: testDatabaseUri('order') },
  }
  ahead = await startProduct(options)
  behind = await startProduct(options)
  // One server does the work of jobs, so that the test knows whose clock it has.
  await ahead.jobs.stop()
  const noon = Date.parse('2026-03-02T17:00:00Z')
  ahead.clock?.freeze(new Date(noon + HOUR))
  behind.clock?.freeze(new Date(noon))
  atAhead = await signIn(ahead.staffUrl, 'worker@works.example')
  atBehind = await signIn(behind.staffUrl, 'worker@works.example')
})
afterAll(async () => {
  await ahead.stop()
  await behind.stop()
})

it('the history of a case is in the order of its steps, whichever server took them', async () => {
  const started = await atAhead.post('/api/processes/plan/instances', { data: { subject: 'One thing' } })
  expect(started.status).toBe(201)
  const { id: instance, record } = started.body.instance
  const path = `/api/records/order/${record.id}`
  const taskOf = async () =>
    ((await atAhead.get(`/api/tasks?instance=${instance}&status=open`)).body.items as { id: string }[])[0]!.id
  const patch = async (who: Visitor, subject: string) => {
    const page = await who.get(path)
    const answer = await who.patch(
      path,
      { data: { subject } },
      { headers: { 'if-match': String(page.body.revision ?? page.body.record?.revision) } },
    )
    expect(answer.status).toBe(200)
  }
  const draft = await taskOf()
  expect((await atBehind.post(`/api/tasks/${draft}/claim`)).status).toBe(200)
  await patch(atAhead, 'Another thing')
  expect((await atBehind.post(`/api/tasks/${draft}/release`)).status).toBe(200)
  await patch(atBehind, 'A third thing')
  expect((await atAhead.post(`/api/tasks/${draft}/complete`, { outcome: 'done', data: {} })).status).toBe(200)
  await patch(atBehind, 'A fourth thing')
  expect((await atBehind.post(`/api/tasks/${await taskOf()}/complete`, { outcome: 'done', data: {} })).status).toBe(200)

  const history = await atBehind.get(`${path}/history`)
  const lines = (history.body.items as { text: string; changes?: { after: string }[] }[])
    .map(({ text, changes }) => changes?.find(({ after }) => / thing$/.test(after))?.after ?? text)
    .reverse()
  expect(lines).toEqual([
    'Registró: Order',
    'Estado: Open',
    'Draft — Tomó la tarea',
    'Another thing',
    'Draft — Devolvió la tarea al grupo',
    'A third thing',
    'Draft — done',
    'A fourth thing',
    'Sign — done',
    'Estado: Done',
    'Trámite terminado',
  ])
  const steps = await ahead.ctx.db.visits.find({ instance }, { sort: { sequence: 1 } })
  const entered = steps.flatMap(({ path }) => path).filter((visit) => visit.startsWith('+'))
  expect(entered).toEqual(['+start', '+draft', '+sign', '+end'])
})

it('a called case, and what its caller does afterwards, stand in their order', async () => {
  const { body } = await atBehind.post('/api/processes/parent-latest/instances', { data: { subject: 'A call' } })
  const parent: string = body.instance.id
  await behind.jobs.wake()
  const [child] = await behind.ctx.db.instances.find({ 'parent.instance': parent })
  const [task] = await behind.ctx.db.tasks.find({ instance: child!._id, status: 'open' })
  expect((await atAhead.post(`/api/tasks/${task!._id}/complete`, { outcome: 'ok', data: {} })).status).toBe(200)
  // What the called case leaves for its caller is due by the other clock; at that very instant this server takes it up.
  behind.clock?.advance(HOUR)
  await behind.jobs.wake()
  const rows = await behind.ctx.db.history.find({ 'record.id': body.instance.record.id }, { sort: { sequence: 1 } })
  expect(rows.map((row) => `${row.instance === parent ? 'parent' : 'child'}: ${row.text}`)).toEqual([
    'parent: Registró: Order',
    'parent: Estado: Open',
    'child: Help — ok',
    'child: Trámite terminado',
    'parent: Estado: Done',
    'parent: Trámite terminado',
  ])
})

it('a holiday that one server was told of counts on the other a second later', async () => {
  const due = async (): Promise<string> => {
    const { body } = await atBehind.post('/api/processes/wait/instances', { data: { subject: 'A term' } })
    await behind.jobs.wake()
    const [task] = await behind.ctx.db.tasks.find({ instance: body.instance.id, status: 'open' })
    return task!.dueAt!.toISOString().slice(0, 10)
  }
  // Two business days from Monday; Tuesday becomes a holiday of the company, Thursday is an official one.
  expect(await due()).toBe('2026-03-04')
  const chief = await signIn(ahead.staffUrl, 'chief@works.example')
  const added = await chief.put('/api/settings/calendar', { day: '2026-03-03', as: 'holiday', name: 'Founding day' })
  expect(added.status).toBe(200)
  behind.clock?.advance(1000)
  expect(await due()).toBe('2026-03-06')
})
