import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { People, startContract } from './contractCase.ts'
import { startProduct } from './harness.ts'
import { SwitchedMailServer } from './SwitchedMailServer.ts'

let product: Running
let people: People
const post = new SwitchedMailServer()

beforeAll(async () => {
  product = await startProduct({ environment: { SMTP_URL: await post.open() } })
  people = new People(product)
})
afterAll(async () => {
  await product.stop()
  await post.close()
})

interface HistoryMail {
  kind: string
  mail?: { to: string; status: string }
}
const mailsOf = async (id: string): Promise<HistoryMail[]> => {
  const manager = await people.as('gerente.fm')
  return ((await manager.get(`/api/records/contrato/${id}/history?size=100`)).body.items as HistoryMail[]).filter(
    (entry) => entry.kind === 'mail',
  )
}

describe('a mail server that is down', () => {
  it('[FM-9.5.1-1] [FM-D-093] blocks nothing: the mail waits, is seen as pending, and goes out when the server is back', async () => {
    const contract = await startContract(people)
    await product.jobs.wake()
    const waiting = await mailsOf(contract.id)
    expect(waiting.length).toBeGreaterThanOrEqual(3)
    expect(new Set(waiting.map((entry) => entry.mail?.status))).toEqual(new Set(['pending']))

    post.on()
    product.clock?.advance(60_000)
    await product.jobs.wake()
    const sent = await mailsOf(contract.id)
    expect(new Set(sent.map((entry) => entry.mail?.status))).toEqual(new Set(['sent']))
    expect(post.received.flatMap(({ to }) => to)).toEqual(
      expect.arrayContaining(['gerente.fm@demo.pe', 'facility.manager@demo.pe', 'cliente@demo.pe']),
    )
  })

  it('[FM-D-093] gives up after 24 hours, tells it as a problem, and sends it once somebody tries again', async () => {
    post.off()
    const contract = await startContract(people)
    await product.jobs.wake()
    product.clock?.advance(25 * 3600_000)
    await product.jobs.wake()
    // Sessions ended meanwhile.
    people = new People(product)
    expect(new Set((await mailsOf(contract.id)).map((entry) => entry.mail?.status))).toEqual(new Set(['failed']))

    const admin = await people.as('superadmin')
    const { items } = (await admin.get('/api/incidents')).body as {
      items: { id: string; code: string; title: string; record: { id: string }; actions: string[] }[]
    }
    const own = items.filter((item) => item.record.id === contract.id)
    expect(own.length).toBeGreaterThanOrEqual(3)
    expect(own[0]).toMatchObject({
      code: 'mail.failed',
      title: 'Un correo no se pudo entregar',
      actions: ['retry', 'dismiss'],
    })
    expect((await (await people.as('facility.manager')).get('/api/incidents')).status).toBe(403)

    post.on()
    post.received.length = 0
    for (const item of own) {
      const refused = await admin.post(`/api/incidents/${item.id}/resolve`, { action: 'retry', reason: '' })
      expect(refused.status).toBe(400)
      const answer = await admin.post(`/api/incidents/${item.id}/resolve`, {
        action: 'retry',
        reason: 'El servidor de correo volvió',
      })
      expect({ status: answer.status, resolution: answer.body.resolution?.reason }).toEqual({
        status: 200,
        resolution: 'El servidor de correo volvió',
      })
    }
    await product.jobs.wake()
    expect(post.received.flatMap(({ to }) => to)).toContain('gerente.fm@demo.pe')
    expect(
      (await admin.post(`/api/incidents/${own[0]?.id}/resolve`, { action: 'retry', reason: 'otra vez' })).status,
    ).toBe(409)
  })
})
