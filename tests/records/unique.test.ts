import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { atRevision, customerData, startRental, type Rental } from './rentalProduct.ts'

/** What may not repeat, and what is only asked about. */
describe('unique values', () => {
  let rental: Rental
  beforeAll(async () => {
    rental = await startRental()
  }, 60_000)
  afterAll(() => (rental as Rental | undefined)?.product.stop())

  const post = (entity: string, data: object, warned?: boolean, as = rental.owner) =>
    as.post(`/api/records/${entity}`, { data, ...(warned === undefined ? {} : { warned }) })

  it('names the record that has the value already, to those who may read it', async () => {
    const { guest } = rental
    const first = await post('customer', customerData({ email: 'Ann@Example.com' }))
    const again = await post('customer', customerData({ email: ' ann@EXAMPLE.com ' }))
    expect(again.body).toMatchObject({
      code: 'form.invalid',
      issues: [
        {
          path: 'email',
          rule: 'unique',
          message: `Ya existe: ${first.body.label}`,
          params: { entity: 'customer', id: first.body.id },
        },
      ],
    })
    const machine = { kind: 'lift', name: 'Lift' }
    await post('tool', { name: 'Saw', bought: '2026-01-01', qr: 'SECRET1' })
    const refused = await post('machine', { ...machine, qr: 'SECRET1' }, undefined, guest)
    expect(refused.body.issues[0]).toMatchObject({
      path: 'qr',
      message: 'Ya existe otro registro con el mismo dato: QR',
      params: {},
    })
  })

  it('keeps a space across entities, and frees a value with its record', async () => {
    const { owner } = rental
    const tool = await post('tool', { name: 'Drill', bought: '2026-01-01', qr: 'Q1' })
    const machine = await post('machine', { kind: 'lift', name: 'Lift', qr: 'Q1' })
    expect(machine.body.issues).toMatchObject([{ path: 'qr', rule: 'unique', message: 'Ya existe: Drill' }])
    // Several may be empty.
    expect((await post('machine', { kind: 'lift', name: 'A' })).status).toBe(201)
    expect((await post('machine', { kind: 'lift', name: 'B' })).status).toBe(201)
    const path = `/api/records/tool/${tool.body.id}`
    expect((await owner.delete(path, {}, atRevision(1))).status).toBe(204)
    const heir = await post('machine', { kind: 'lift', name: 'Lift', qr: 'Q1' })
    expect(heir.status).toBe(201)
    const restored = await owner.post(`${path}/restore`, undefined, atRevision(2))
    expect(restored.body).toMatchObject({ code: 'form.invalid', issues: [{ path: 'qr' }] })
  })

  it('lets one of two simultaneous saves win, across entities too', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const qr = `RACE${round}`
      const answers = await Promise.all([
        post('tool', { name: 'T1', bought: '2026-01-01', qr }),
        post('machine', { kind: 'lift', name: 'M1', qr }),
        post('machine', { kind: 'pump', name: 'M2', qr }),
      ])
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
      const email = `race${round}@example.com`
      const customers = await Promise.all([1, 2, 3].map(() => post('customer', customerData({ email }))))
      expect(customers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
      for (const { status, body } of [...answers, ...customers])
        if (status === 422)
          expect(body.issues[0]).toMatchObject({ rule: 'unique', message: expect.stringMatching(/^Ya existe: /) })
    }
  })

  it('follows a setting from the next save on', async () => {
    const { owner } = rental
    expect((await post('customer', { taxId: '7777', centre: 'A', name: 'One' })).status).toBe(201)
    const refused = await post('customer', { taxId: '7777', centre: 'B', name: 'Two' })
    expect(refused.body.issues).toMatchObject([{ path: 'taxId', message: 'Ya existe: 7777-A · One' }])
    const settings = (await owner.get('/api/settings')).body as { tab: string; pack: string; revision: number }[]
    const tab = settings.find((one) => one.tab === 'customers')!
    const save = (manyCentres: boolean, revision: number) =>
      owner.put('/api/settings/rental/customers', { data: { manyCentres } }, atRevision(revision))
    const saved = await save(true, tab.revision)
    expect(saved.status).toBe(200)
    expect((await post('customer', { taxId: '7777', centre: 'B', name: 'Two' })).status).toBe(201)
    const code = await post('customer', { taxId: '7777', centre: 'B', name: 'Three' })
    expect(code.body.issues).toMatchObject([{ path: 'centre', message: 'Ya existe: 7777-B · Two' }])
    expect((await save(false, saved.body.revision)).status).toBe(200)
  })

  it('asks once about warnings, of uniqueness and of checks, and goes on when they are confirmed', async () => {
    const { owner } = rental
    const data = { kind: 'lift', name: 'Lift', maker: 'Acme', serial: '1', price: '2000.00' }
    const asked = await post('machine', data)
    expect(asked.body).toMatchObject({ code: 'form.warned', issues: [{ path: 'price', level: 'warn' }] })
    const made = await post('machine', data, true)
    expect(made.status).toBe(201)
    const twice = await post('machine', data)
    expect(twice.status).toBe(422)
    expect(twice.body.issues.map(({ path }: { path: string }) => path)).toEqual(['price', 'maker'])
    expect(twice.body.issues[1].message).toBe(
      `There is a machine of this maker with this serial number: ${made.body.label}`,
    )
    expect((await post('machine', data, true)).status).toBe(201)
    const path = `/api/records/machine/${made.body.id}`
    expect((await owner.patch(path, { data: { price: '3000.00' } }, atRevision(1))).body.code).toBe('form.warned')
    const confirmed = await owner.patch(path, { data: { price: '3000.00' }, warned: true }, atRevision(1))
    expect(confirmed.status).toBe(200)
    // Errors refuse, whatever is confirmed.
    expect((await post('machine', { ...data, kind: 'boat' }, true)).body.code).toBe('form.invalid')
  })
})
