import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { clientId, People, startContract } from './contractCase.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'
import { clientData, equipmentData, propertyData, toolData, validRuc } from './sampleRecords.ts'

/** What people must not get into the records of the pack fm, nor out of them. */
describe('records that cannot be as they are sent', () => {
  let product: Running
  let admin: Visitor
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  }, 120_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const save = (entity: string, data: object): Promise<Answer> =>
    admin.post(`/api/records/${entity}`, { data, warned: true })
  const outcome = (answers: Answer[]): { statuses: number[]; paths: string[] } => ({
    statuses: answers.map(({ status }) => status).sort(),
    paths: answers.flatMap(({ body }) => ((body.issues ?? []) as { path: string }[]).map(({ path }) => path)),
  })

  it('one of two clients saved at once with the same RUC is kept, the other told at its field', async () => {
    const ruc = validRuc('2044000001')
    const answers = await Promise.all([1, 2].map((at) => save('cliente', clientData({ ruc, ceco: `Z${at}` }))))
    expect(outcome(answers)).toEqual({ statuses: [201, 422], paths: ['ruc'] })
    expect(await product.ctx.db.records('cliente').find({ 'data.ruc': ruc })).toHaveLength(1)
  })

  it('an equipment and a tool saved at once with the same QR code: one is kept', async () => {
    const answers = await Promise.all([
      save('equipo', equipmentData({ codigoQr: 'DOBLE1' })),
      save('herramienta', toolData({ codigoQr: 'DOBLE1' })),
    ])
    expect(outcome(answers)).toEqual({ statuses: [201, 422], paths: ['codigoQr'] })
  })

  it('a province of another department is refused where it stands', async () => {
    const client = (await save('cliente', clientData())).body.id as string
    const answer = await save(
      'inmueble',
      propertyData(client, { departamento: '08', provincia: '1501', distrito: null }),
    )
    expect(outcome([answer])).toEqual({ statuses: [422], paths: ['provincia'] })
  })

  it('a client with contracts is not deleted: it is told what holds it, and that it may be made inactive', async () => {
    const people = new People(product)
    const id = await clientId(admin, 'altamar')
    await startContract(people, { cliente: id })
    const { revision } = (await admin.get(`/api/records/cliente/${id}`)).body
    const refused = await admin.delete(
      `/api/records/cliente/${id}`,
      { reason: 'Ya no trabaja con nosotros' },
      { headers: { 'if-match': String(revision) } },
    )
    expect(refused.status).toBe(409)
    expect(refused.body).toMatchObject({ code: 'record.referenced', details: { mayInactivate: true } })
    expect(refused.body.details.dependents).toContainEqual(
      expect.objectContaining({ entity: 'contrato', title: 'Contrato', count: 1 }),
    )
    expect((await admin.get(`/api/records/cliente/${id}`)).status).toBe(200)
  })
})
