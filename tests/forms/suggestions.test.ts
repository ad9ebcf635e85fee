import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../http/harness.ts'

/** Free text with proposals: what is offered, to whom, and what is asked when a value is among none of them. */
describe('suggested values', () => {
  let product: Running
  let chief: Visitor
  let clerk: Visitor
  beforeAll(async () => {
    product = await startProduct({ packs: ['estate'], packsDir: resolve(import.meta.dirname, 'packs') })
    chief = await signIn(product.staffUrl, 'chief')
    clerk = await signIn(product.staffUrl, 'clerk')
    for (const [name, centre] of [
      ['Uno', 'NC-10'],
      ['Dos', 'NC-20'],
      ['Tres', 'SUR-NC'],
      ['Cuatro', 'ÁREA'],
    ])
      await add(chief, 'site', { name, centre, region: 'norte' })
    for (const brand of ['Philips', 'Philips', 'Samsung', 'General Électric'])
      await add(chief, 'machine', machine({ brand }))
  })
  afterAll(() => product.stop())

  const machine = (more: object = {}): object => ({
    ...{ description: 'Bomba', kind: 'Mayor', brand: 'Philips', model: 'B1', currency: 'PEN', price: '10.00' },
    ...more,
  })
  const add = async (who: Visitor, entity: string, data: object): Promise<string> => {
    const answer = await who.post(`/api/records/${entity}`, { data })
    expect([answer.status, answer.body.issues]).toEqual([201, undefined])
    return answer.body.id as string
  }
  const ask = async (who: Visitor, field: string, q: string, more = '') => {
    const answer = await who.get(`/api/suggestions/machine/${field}?q=${encodeURIComponent(q)}${more}`)
    expect(answer.status).toBe(200)
    return answer.body as { items: { value: string; title?: string }[]; known: boolean | null }
  }
  const values = async (who: Visitor, field: string, q: string) =>
    (await ask(who, field, q)).items.map(({ value }) => value)

  it('proposes each value once, those first that begin with what was typed, accents and case apart', async () => {
    expect(await values(chief, 'brand', '')).toEqual(['General Électric', 'Philips', 'Samsung'])
    expect(await values(chief, 'brand', 'electric')).toEqual(['General Électric'])
    expect(await values(chief, 'brand', 'S')).toEqual(['Samsung', 'Philips'])
    expect((await ask(chief, 'brand', 'philíps')).known).toBe(true)
    expect((await ask(chief, 'brand', 'Phil')).known).toBe(false)
    expect((await ask(chief, 'brand', '.*')).items).toEqual([])
  })

  it('does not count the value of the record that is being edited', async () => {
    const id = await add(chief, 'machine', machine({ brand: 'Única' }))
    expect((await ask(chief, 'brand', 'Única')).known).toBe(true)
    expect((await ask(chief, 'brand', 'Única', `&record=${id}`)).known).toBe(false)
  })

  it('proposes from several sources, keys of a catalogue with their titles', async () => {
    expect(await values(chief, 'costCentre', 'nc')).toEqual(['NC-10', 'NC-20', 'SUR-NC'])
    expect((await ask(chief, 'costCentre', 'norte')).items).toEqual([{ value: 'norte', title: 'Norte' }])
    expect((await ask(chief, 'costCentre', 'area')).known).toBe(true)
  })

  it('says nothing of fields that somebody may not read, nor of forms that he does not have', async () => {
    expect(await values(clerk, 'costCentre', 'nc')).toEqual([])
    expect((await ask(clerk, 'costCentre', 'NC-10')).known).toBe(false)
    for (const [path, status] of [
      ['/api/suggestions/machine/model?q=B', 400],
      ['/api/suggestions/machine/__proto__?q=B', 400],
      ['/api/suggestions/ledger/name?q=B', 404],
      ['/api/suggestions/nothing/name?q=B', 404],
    ] as const)
      expect([path, (await clerk.get(path)).status]).toEqual([path, status])
  })

  it('proposes to a filter of the list what its records hold: short texts and codes that somebody may read', async () => {
    const { filters } = (await chief.get('/api/entities/machine')).body.list
    const proposing = (filters as { name: string; of?: string }[]).filter(({ of }) => of === 'machine')
    expect(proposing.map(({ name }) => name)).toEqual(['code', 'brand', 'model'])
    const filter = (who: Visitor, path: string) => who.get(`/api/suggestions/${path}&for=filter`)
    expect((await filter(clerk, 'machine/model?q=b1')).body.items).toEqual([{ value: 'B1' }])
    expect((await filter(clerk, 'machine/code?q=0002')).body.items).toEqual([{ value: 'M-0002' }])
    expect((await filter(chief, 'site/centre?q=nc-1')).body.items).toEqual([{ value: 'NC-10' }])
    for (const [path, status] of [
      ['machine/description?q=b', 400],
      ['machine/kind?q=m', 400],
      ['machine/costCentre?q=n', 400],
      ['site/centre?q=nc', 400],
      ['ledger/name?q=b', 404],
    ] as const)
      expect([path, (await filter(clerk, path)).status]).toEqual([path, status])
  })

  it('asks once before a value is saved that is among none of them', async () => {
    await add(chief, 'machine', machine({ costCentre: 'nc-10' }))
    const data = machine({ costCentre: 'nuevo' })
    const answer = await chief.post('/api/records/machine', { data })
    expect([answer.status, answer.body.code]).toEqual([422, 'form.warned'])
    expect(answer.body.issues).toEqual([
      expect.objectContaining({ path: 'costCentre', level: 'warn', message: expect.stringContaining('conocidos') }),
    ])
    const saved = await chief.post('/api/records/machine', { data, warned: true })
    expect(saved.status).toBe(201)
    // It is not asked again about what has not changed.
    const later = await chief.patch(
      `/api/records/machine/${saved.body.id}`,
      { data: { model: 'B2' } },
      { headers: { 'if-match': String(saved.body.revision) } },
    )
    expect(later.status).toBe(200)
  })
})
