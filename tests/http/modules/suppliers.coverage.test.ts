import { beforeAll, describe, expect, it } from '@jest/globals'
import { supplierData } from '../sampleRecords.ts'
import { storedRecord } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Sections 6.4 and 6.6 of the specification through the API: who covers a place, and who is suggested for it. */
describe('suppliers by coverage', () => {
  const zones: Record<string, object[]> = {
    'all of Loreto': [{ departamento: '16' }],
    'Maynas in Loreto': [{ departamento: '16', provincias: ['1601'] }],
    'Iquitos in Maynas': [{ departamento: '16', provincias: ['1601'], distritos: ['160101'] }],
    'Punchana, and Loreto province': [{ departamento: '16', provincias: ['1601', '1603'], distritos: ['160108'] }],
    'all of Ucayali': [{ departamento: '25' }],
  }
  const [loreto, maynas, iquitos, punchana, ucayali] = Object.keys(zones) as [string, string, string, string, string]

  const module = new ModuleInHand('proveedor', supplierData)
  beforeAll(async () => {
    for (const [name, cobertura] of Object.entries(zones))
      await storedRecord(
        module,
        supplierData({ razonSocial: `Cubre ${name}`, cobertura, emergencia24x7: name === ucayali }),
      )
  })

  const found = async (place: Record<string, string>): Promise<string[]> => {
    const query = new URLSearchParams(
      Object.entries(place).map(([name, code]) => [`filter.zonaCobertura.${name}`, code]),
    )
    const { status, body } = await module.admin.get(`/api/records/proveedor?q=Cubre&${query.toString()}&size=50`)
    expect({ status, message: body.message }).toEqual({ status: 200, message: undefined })
    return (body.items as { data: { razonSocial: string } }[]).map(({ data }) => data.razonSocial.slice(6)).sort()
  }

  it.each([
    ['the department', { departamento: '16' }, [iquitos, maynas, punchana, loreto]],
    ['another department', { departamento: '25' }, [ucayali]],
    ['a province', { departamento: '16', provincia: '1601' }, [iquitos, maynas, punchana, loreto]],
    ['another province', { departamento: '16', provincia: '1603' }, [punchana, loreto]],
    ['a district', { departamento: '16', provincia: '1601', distrito: '160101' }, [iquitos, maynas, loreto]],
    [
      'one of a province covered whole',
      { departamento: '16', provincia: '1603', distrito: '160301' },
      [punchana, loreto],
    ],
  ])(
    '[FM-6.6-7] [FM-D-050] "Zona de Cobertura" finds who covers %s, an empty list being all of it',
    async (_what, place, expected) => {
      const { list } = (await module.admin.get('/api/entities/proveedor')).body
      expect(list.filters).toContainEqual(
        expect.objectContaining({ name: 'zonaCobertura', title: 'Zona de Cobertura' }),
      )
      expect(await found(place)).toEqual([...expected].sort())
    },
  )
})
