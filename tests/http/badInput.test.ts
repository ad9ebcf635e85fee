import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { samplePdf } from '../../engine/rehearsal/index.ts'
import { complete, contractData, contractState, People, startContract, taskOf, upload } from './contractCase.ts'
import { startProduct, Visitor } from './harness.ts'

let product: Running
let people: People

beforeAll(async () => {
  product = await startProduct()
  people = new People(product)
})
afterAll(async () => {
  await product.stop()
})

const count = async (): Promise<number> =>
  (await (await people.as('gerente.fm')).get('/api/records/contrato')).body.total as number

describe('starting a contract', () => {
  it('[FM-9.3.1-2] [FM-9.14-2] refuses a program renamed to .pdf, an image and a plain archive, and keeps nothing', async () => {
    const manager = await people.as('gerente.fm')
    const before = await count()
    const wrong: [string, Uint8Array | string][] = [
      ['contrato.pdf', 'MZ\u0090\u0000 this is a program'],
      [
        'contrato.pdf',
        Buffer.from(
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
          'base64',
        ),
      ],
      ['contrato.docx', Buffer.from('504b0506000000000000000000000000000000000000', 'hex')],
    ]
    for (const [name, content] of wrong) {
      const file = await manager.upload(name, content)
      const refusedAtOnce = file.status === 422
      const answer = refusedAtOnce
        ? file
        : await manager.post('/api/processes/contrato/instances', {
            data: { ...(await contractData(manager)), archivo: file.body.id },
          })
      expect({ name, status: answer.status }).toEqual({ name, status: 422 })
      if (!refusedAtOnce) expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual(['archivo'])
    }
    expect(await count()).toBe(before)
  })

  it('[FM-9.3.1-3] [FM-9.14-3] takes 10 MB exactly and refuses one byte more', async () => {
    const manager = await people.as('gerente.fm')
    const limit = 10 * 1024 * 1024
    const sized = (bytes: number): Buffer => {
      const pdf = samplePdf('Grande')
      return Buffer.concat([pdf, Buffer.alloc(bytes - pdf.length, 0x20)])
    }
    const exact = await manager.upload('exacto.pdf', sized(limit))
    expect(exact.status).toBe(201)
    const data = await contractData(manager)
    expect(
      (await manager.post('/api/processes/contrato/instances', { data: { ...data, archivo: exact.body.id } })).status,
    ).toBe(201)
    const over = await manager.upload('grande.pdf', sized(limit + 1))
    const answer =
      over.status === 201
        ? await manager.post('/api/processes/contrato/instances', { data: { ...data, archivo: over.body.id } })
        : over
    expect([413, 422]).toContain(answer.status)
    expect(answer.body.message ?? '').not.toBe('')
  })

  it('[FM-9.2.2-4] [FM-9.2.5-3] [FM-9.2.6-3] [FM-9.2.7-4] names each missing field in plain Spanish', async () => {
    const manager = await people.as('gerente.fm')
    const answer = await manager.post('/api/processes/contrato/instances', { data: {} })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe('form.invalid')
    const messages = new Map<string, string>(
      answer.body.issues.map((issue: { path: string; message: string }) => [issue.path, issue.message]),
    )
    for (const field of ['cliente', 'fechaVigencia', 'fechaVencimiento', 'moneda', 'archivo']) {
      expect({ field, message: messages.get(field) ?? null }).toEqual({
        field,
        message: expect.stringMatching(/[a-záéíóú]/i),
      })
      // A key of the definition is not a word for people.
      if (/[A-Z]/.test(field)) expect(messages.get(field)).not.toContain(field)
    }
  })

  it('refuses fields that the form does not have, so that nothing typed is lost in silence', async () => {
    const manager = await people.as('gerente.fm')
    const answer = await manager.post('/api/processes/contrato/instances', {
      data: { ...(await contractData(manager)), estado: 'Firmado', sorpresa: 1 },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.issues.map((issue: { path: string }) => issue.path).sort()).toEqual(['estado', 'sorpresa'])
  })

  it('refuses a body that is not JSON, is not an object, or is huge', async () => {
    const manager = await people.as('gerente.fm')
    const raw = (body: string) =>
      fetch(`${product.staffUrl}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
    expect((await raw('{"email":')).status).toBe(400)
    expect((await raw('[]')).status).toBe(400)
    expect((await raw(`{"email":"${'x'.repeat(4_000_000)}"}`)).status).toBe(413)
    expect((await manager.post('/api/processes/contrato/instances', { data: 'x' })).status).toBe(400)
  })
})

describe('answering a task', () => {
  it('refuses an answer that does not exist, and one without its reason', async () => {
    const contract = await startContract(people)
    const fm = await people.as('facility.manager')
    const answer = await complete(fm, contract, 'iniciarRevision', 'inventada')
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 422, code: 'task.outcome-unknown' })
    expect(await contractState(fm, contract)).toBe('Recibido')
  })

  it('answers 409 with who and when for a task that is closed already', async () => {
    const contract = await startContract(people)
    const fm = await people.as('facility.manager')
    const task = await taskOf(fm, contract, 'iniciarRevision')
    expect((await fm.post(`/api/tasks/${task}/complete`, { outcome: 'iniciar', data: {} })).status).toBe(200)
    const again = await (
      await people.as('supervisor.fm')
    ).post(`/api/tasks/${task}/complete`, { outcome: 'iniciar', data: {} })
    expect({ status: again.status, code: again.body.code }).toEqual({ status: 409, code: 'task.closed' })
    const me = (await fm.get('/api/session')).body.user.name as string
    expect(again.body.message).toContain(me)
  })

  it('of two people who answer the same task at the same instant exactly one wins', async () => {
    const fm = await people.as('facility.manager')
    const supervisor = await people.as('supervisor.fm')
    for (let round = 0; round < 5; round++) {
      const contract = await startContract(people)
      const task = await taskOf(fm, contract, 'iniciarRevision')
      const answers = await Promise.all(
        [fm, supervisor].map((who) => who.post(`/api/tasks/${task}/complete`, { outcome: 'iniciar', data: {} })),
      )
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    }
  })

  it('[FM-9.11.7-1] answers 404 for a task, a record, a file and a case of another company', async () => {
    const contract = await startContract(people)
    const manager = await people.as('gerente.fm')
    const other = await people.as('cliente2')
    const task = await taskOf(manager, contract, 'iniciarRevision')
    const record = (await manager.get(`/api/records/contrato/${contract.id}`)).body
    const documents = (await manager.get(`/api/records/documento?filter.contrato=${contract.id}`)).body.items as {
      data: { archivo: string }
    }[]
    const paths = [
      `/api/tasks/${task}`,
      `/api/records/contrato/${contract.id}`,
      `/api/records/contrato/${contract.id}/history`,
      `/api/instances/${record.instances[0].id}`,
      `/api/files/${documents[0]?.data.archivo}`,
      `/api/records/cliente/${record.data.cliente}`,
    ]
    for (const path of paths) expect({ path, status: (await other.get(path)).status }).toEqual({ path, status: 404 })
    expect((await other.post(`/api/tasks/${task}/complete`, { outcome: 'iniciar', data: {} })).status).toBe(404)
    const own = await people.as('cliente')
    expect((await own.get(`/api/records/contrato/${contract.id}`)).status).toBe(200)
  })

  it('[FM-9.11.7-3] refuses what the state does not allow, and forging the state by the API', async () => {
    const contract = await startContract(people)
    const manager = await people.as('gerente.fm')
    const record = (await manager.get(`/api/records/contrato/${contract.id}`)).body
    const forged = await manager.patch(
      `/api/records/contrato/${contract.id}`,
      { data: { estado: 'Firmado' } },
      { headers: { 'if-match': String(record.revision) } },
    )
    expect(await contractState(manager, contract)).toBe('Recibido')
    expect([200, 422]).toContain(forged.status)
    const client = await people.as('cliente')
    const open = (await client.get(`/api/tasks?record=contrato:${contract.id}&status=open`)).body.items as {
      key: string
      mine: boolean
    }[]
    expect(open.filter((task) => task.mine)).toEqual([])
  })
})

describe('who may', () => {
  it('asks for a session everywhere but the open doors', async () => {
    const nobody = new Visitor(product.staffUrl)
    for (const path of ['/api/session', '/api/tasks', '/api/records/contrato', '/api/processes', '/api/definitions']) {
      const answer = await nobody.get(path)
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 401,
        code: 'session.required',
      })
    }
    for (const path of ['/health', '/ready', '/api/openapi.json']) expect((await nobody.get(path)).status).toBe(200)
  })

  it('answers the same to an unknown e-mail and a wrong password, and stops guessing after five tries', async () => {
    const nobody = new Visitor(product.staffUrl)
    const unknown = await nobody.post('/api/session', { email: 'nadie@demo.pe', password: 'x' })
    const wrong = await nobody.post('/api/session', { email: 'planner@demo.pe', password: 'x' })
    expect([unknown.status, wrong.status]).toEqual([401, 401])
    expect(unknown.body.message).toBe(wrong.body.message)
    for (let tries = 0; tries < 4; tries++)
      await nobody.post('/api/session', { email: 'planner@demo.pe', password: 'x' })
    expect((await nobody.post('/api/session', { email: 'planner@demo.pe', password: 'Demo-Cauce-2026' })).status).toBe(
      429,
    )
    product.clock?.advance(16 * 60_000)
    expect((await nobody.post('/api/session', { email: 'planner@demo.pe', password: 'Demo-Cauce-2026' })).status).toBe(
      201,
    )
  })

  it('refuses a request that another site makes the browser send', async () => {
    const manager = await people.as('gerente.fm')
    const answer = await manager.send('POST', '/api/notifications/read', {
      body: {},
      headers: { origin: 'https://malo.example' },
    })
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 403, code: 'request.origin' })
  })

  it('keeps clients out of the staff site and staff out of the portal', async () => {
    expect(
      (
        await new Visitor(product.staffUrl).post('/api/session', {
          email: 'cliente@demo.pe',
          password: 'Demo-Cauce-2026',
        })
      ).status,
    ).toBe(401)
    expect(
      (
        await new Visitor(product.portalUrl).post('/api/session', {
          email: 'legal@demo.pe',
          password: 'Demo-Cauce-2026',
        })
      ).status,
    ).toBe(401)
    const client = await people.as('cliente')
    expect((await client.get('/api/definitions')).status).toBe(404)
  })

  it('[FM-D-124] asks for the revision that was seen and refuses a stale one with who and when', async () => {
    const admin = await people.as('superadmin')
    const { items } = (await admin.get('/api/records/cliente')).body as { items: { id: string; revision: number }[] }
    const client = items[0]
    const patch = (revision: number | null) =>
      admin.patch(
        `/api/records/cliente/${client?.id}`,
        { data: { telefono: `01${Math.floor(1_000_000 + Math.random() * 8_000_000)}` } },
        revision === null ? {} : { headers: { 'if-match': String(revision) } },
      )
    expect((await patch(null)).status).toBe(428)
    const saved = await patch(client?.revision ?? 0)
    expect({ status: saved.status, issues: saved.body.issues ?? null }).toEqual({ status: 200, issues: null })
    const stale = await patch(client?.revision ?? 0)
    expect({ status: stale.status, code: stale.body.code }).toEqual({ status: 412, code: 'record.stale' })
    expect(stale.body.message).toMatch(/modificado por .+ el/)
  })

  it('lets nobody attach a file that somebody else uploaded', async () => {
    const manager = await people.as('gerente.fm')
    const admin = await people.as('superadmin')
    const foreign = await upload(admin, 'pdf', 'Ajeno')
    const answer = await manager.post('/api/processes/contrato/instances', {
      data: { ...(await contractData(manager)), archivo: foreign },
    })
    expect(answer.status).toBe(422)
    expect((await manager.get(`/api/files/${foreign}`)).status).toBe(404)
  })
})
