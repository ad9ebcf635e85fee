import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../http/harness.ts'

/** A record and those that refer to it, made in one request: all or nothing, each with its own checks and rights. */
describe('creating a record with related ones', () => {
  let product: Running
  let chief: Visitor
  let clerk: Visitor
  beforeAll(async () => {
    product = await startProduct({ packs: ['estate'], packsDir: resolve(import.meta.dirname, 'packs') })
    chief = await signIn(product.staffUrl, 'chief')
    clerk = await signIn(product.staffUrl, 'clerk')
  })
  afterAll(() => product.stop())

  let made = 20000000
  const owner = (more: object = {}) => ({ name: 'Bruno Paz', document: String((made += 1)), ...more })
  const count = (entity: string) => product.ctx.db.records(entity).count({})
  const counts = async () => [await count('owner'), await count('site'), await count('member')]

  it('makes the parent, plain records and the records of a process', async () => {
    const answer = await chief.post('/api/records/owner', {
      data: owner(),
      related: {
        sites: [
          { data: { name: 'Almacén', region: 'norte', town: 'paita' } },
          { data: { name: 'Taller', region: 'sur' } },
        ],
        members: [{ data: { name: 'Rita', mail: 'rita@paz.pe' } }, { data: { name: 'Saúl' } }],
      },
    })
    expect([answer.status, answer.body.issues]).toEqual([201, undefined])
    const { id } = answer.body
    const sites = await product.ctx.db.records('site').find({ 'data.owner': id })
    expect(sites.map((site) => site.data.name).sort()).toEqual(['Almacén', 'Taller'])
    expect(sites.every((site) => /^L-\d{3} · /.test(site.label))).toBe(true)
    const members = await product.ctx.db.records('member').find({ 'data.owner': id })
    expect(members.map((member) => member.data.status)).toEqual(['Pendiente', 'Pendiente'])
    const tasks = await chief.get('/api/tasks')
    expect(tasks.body.items.map((task: { title: string }) => task.title)).toEqual(
      expect.arrayContaining(['Aprobar a Rita', 'Aprobar a Saúl']),
    )
  })

  it('keeps nothing when one row is wrong, and says which and where for all of them', async () => {
    const before = await counts()
    const answer = await chief.post('/api/records/owner', {
      data: owner(),
      related: {
        sites: [
          { data: { name: 'Bueno', region: 'norte' } },
          { data: { name: 'Sin región' } },
          { data: { name: 'Mal pueblo', region: 'sur', town: 'paita' } },
        ],
        members: [{ data: { name: 'Rita', mail: 'no es un correo' } }],
      },
    })
    expect(answer.status).toBe(422)
    expect(answer.body.issues.map((issue: { path: string }) => issue.path)).toEqual([
      'related.sites.1.region',
      'related.sites.2.town',
      'related.members.0.mail',
    ])
    expect(await counts()).toEqual(before)
  })

  it('keeps nothing when the store refuses a row', async () => {
    const before = await counts()
    const row = { data: { name: 'Igual', region: 'norte' } }
    const answer = await chief.post('/api/records/owner', { data: owner(), related: { sites: [row, row] } })
    expect(answer.status).toBe(422)
    expect(answer.body.issues[0].path).toMatch(/^related\.sites\.1/)
    expect(await counts()).toEqual(before)
  })

  it('keeps nothing when the parent is wrong', async () => {
    const before = await counts()
    const answer = await chief.post('/api/records/owner', {
      data: { name: 'Sin documento' },
      related: { sites: [{ data: { name: 'Bueno', region: 'norte' } }] },
    })
    expect([answer.status, answer.body.issues[0].path]).toEqual([422, 'document'])
    expect(await counts()).toEqual(before)
  })

  it('asks for the right to each kind', async () => {
    const before = await counts()
    const refused = await clerk.post('/api/records/owner', {
      data: owner(),
      related: { sites: [{ data: { name: 'Ajeno', region: 'norte' } }] },
    })
    expect(refused.status).toBe(403)
    expect(await counts()).toEqual(before)
    const taken = await clerk.post('/api/records/owner', {
      data: owner(),
      related: { members: [{ data: { name: 'Eva' } }] },
    })
    expect(taken.status).toBe(201)
  })

  it('refuses a relation that is not edited there, and one that does not exist', async () => {
    for (const name of ['ledgers', 'nothing', '__proto__']) {
      const body = JSON.parse(
        `{"data":{"name":"X","document":"30000001"},"related":{"${name}":[{"data":{"name":"L"}}]}}`,
      )
      const answer = await chief.post('/api/records/owner', body)
      expect([name, answer.status]).toEqual([name, 400])
    }
  })

  it('does not take what belongs to somebody else', async () => {
    const [site] = await product.ctx.db.records('site').find({ 'data.name': 'Tienda Centro' })
    const answer = await chief.post('/api/records/owner', { data: owner(), related: { sites: [{ id: site?._id }] } })
    expect([answer.status, answer.body.issues[0].path]).toEqual([422, 'related.sites.0'])
    expect((await product.ctx.db.records('site').get(site?._id ?? ''))?.data.owner).toBe(site?.data.owner)
  })

  it('drops the draft with the record, and answers it until then', async () => {
    const key = 'record:owner:new'
    await chief.put(`/api/form-drafts/${key}`, { data: { name: 'Bo' } })
    expect((await chief.get(`/api/form-drafts/${key}`)).body.draft.data).toEqual({ name: 'Bo' })
    expect((await clerk.get(`/api/form-drafts/${key}`)).body.draft).toBeNull()
    await chief.post('/api/records/owner', { data: owner() })
    expect((await chief.get(`/api/form-drafts/${key}`)).body.draft).toBeNull()
  })
})
