import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { createApp } from '../../engine/http/index.ts'
import { signIn } from '../http/harness.ts'
import { Works } from './worksProduct.ts'

/** What those who run Cauce see of it: /metrics, and the log. */
let works: Works
const token = 'a-token-for-the-scraper'

beforeAll(async () => {
  works = await Works.start({ METRICS_TOKEN: token, TRUST_PROXY: '1' })
})
afterAll(async () => {
  await works.stop()
})

async function scrape(headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${works.product.staffUrl}/metrics`, { headers })
  return { status: answer.status, text: await answer.text() }
}
/** Value of a line: its name with what its labels hold. */
function valueOf(text: string, name: string, labels = ''): number | null {
  const line = text.split('\n').find((one) => one.startsWith(name) && one.includes(labels) && !one.startsWith('#'))
  return line ? Number(line.slice(line.lastIndexOf(' ') + 1)) : null
}

it('measures the start of a called process too', async () => {
  const id = await works.begin('parent-latest')
  const [child] = await works.called(id)
  const { text } = await scrape()
  expect(child).toBeDefined()
  expect(valueOf(text, 'cauce_step_seconds_count', 'process="child",event="start",result="ok"')).toBe(1)
  expect(valueOf(text, 'cauce_step_seconds_sum', 'process="child",event="start"')).toBeGreaterThan(0)
})

it('tells steps and their time, what waits and since when, late timers and open problems', async () => {
  await works.outside(() => Promise.reject(new Error('down')))
  const id = await works.begin('plan')
  await works.complete(id, 'draft')
  await works.begin('wait')
  await works.begin('deliver')
  for (const minutes of [2, 3, 5]) await works.pass(0, 0, minutes)
  // Nobody works any more: a reminder is late, and a row waits.
  await works.product.jobs.stop()
  works.product.clock?.advance(2 * 24 * 3600_000)
  const [row] = await works.db.outbox.find({ kind: 'service' })
  await works.db.outbox.insert({ ...row!, _id: 'waits', status: 'pending', dueAt: new Date('2026-03-02T15:00:00Z') })
  const { status, text } = await scrape()
  expect(status).toBe(200)
  const steps = (process: string, event: string) =>
    valueOf(text, 'cauce_step_seconds_count', `process="${process}",event="${event}",result="ok"`)
  expect([steps('plan', 'start'), steps('plan', 'complete')]).toEqual([1, 1])
  expect(valueOf(text, 'cauce_step_seconds_bucket', 'process="plan"')).not.toBeNull()
  expect(valueOf(text, 'cauce_outbox_pending')).toBe(1)
  expect(valueOf(text, 'cauce_outbox_oldest_seconds')).toBeGreaterThan(2 * 24 * 3600)
  expect(valueOf(text, 'cauce_timers_late')).toBe(1)
  expect(valueOf(text, 'cauce_timers_oldest_late_seconds')).toBeGreaterThan(3600)
  expect(valueOf(text, 'cauce_incidents_open')).toBe(1)
  // With the one of the called process before.
  expect(valueOf(text, 'cauce_tasks_open')).toBe(3)
  expect(valueOf(text, 'cauce_http_request_seconds_count', 'route="/api/tasks/:id/complete"')).toBe(1)
  await works.db.outbox.updateOne({ _id: 'waits' }, { $set: { status: 'cancelled' } })
})

it('is for this machine, and elsewhere for who has the token', async () => {
  const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
  expect((await scrape(elsewhere)).status).toBe(404)
  expect((await scrape({ ...elsewhere, authorization: 'Bearer wrong' })).status).toBe(404)
  expect((await scrape({ ...elsewhere, authorization: `Bearer ${token}` })).status).toBe(200)
  expect((await fetch(`${works.product.portalUrl}/metrics`)).headers.get('content-type')).not.toContain('version=0.0.4')
})

it('each step writes a line with its request and its case, and nothing of what was typed', async () => {
  const lines: Record<string, unknown>[] = []
  const log = pino(
    { level: 'info' },
    { write: (text: string) => lines.push(JSON.parse(text) as Record<string, unknown>) },
  )
  const { jobs, ctx } = works.product
  const app = createApp({ ctx: { ...ctx, log }, jobs, front: 'staff', pagesDir: '.' })
  const server: Server = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    const worker = await signIn(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'worker@works.example')
    const answer = await worker.post('/api/processes/plan/instances', { data: { subject: 'Nobody reads this' } })
    expect(answer.status).toBe(201)
    const requestId = answer.headers.get('x-request-id')
    const about = lines.filter((line) => line.requestId === requestId)
    expect(about.find((line) => line.msg === 'step')).toMatchObject({
      instance: answer.body.instance.id,
      process: 'plan',
      event: 'start',
      result: 'ok',
    })
    expect(about.find((line) => line.msg === 'request')).toMatchObject({ method: 'POST', status: 201 })
    expect(JSON.stringify(lines)).not.toContain('Nobody reads this')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

it('tells how the store is: its size, what is open, when it was last on disk', async () => {
  const { text } = await scrape()
  const value = (name: string): number => valueOf(text, `cauce_store_${name} `) ?? NaN
  expect(value('bytes')).toBeGreaterThan(10_000)
  expect(value('file_bytes')).toBeGreaterThan(value('used_bytes'))
  expect(value('map_bytes')).toBeGreaterThanOrEqual(value('file_bytes'))
  expect(value('used_bytes')).toBeGreaterThan(10_000)
  expect(value('disk_free_bytes')).toBeGreaterThan(0)
  expect(value('transactions_open')).toBeGreaterThanOrEqual(0)
  expect(value('cursors_open')).toBeGreaterThanOrEqual(0)
  expect(value('connections')).toBeGreaterThan(0)
  expect(value('unflushed_keys')).toBeGreaterThanOrEqual(0)
  expect(Date.now() / 1000 - value('last_sync_timestamp_seconds')).toBeLessThan(60)
})
