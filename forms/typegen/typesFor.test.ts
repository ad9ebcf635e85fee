import { typesFor } from './typesFor.ts'

describe('typesFor', () => {
  it('writes one interface per definition, with titles as comments', async () => {
    const text = await typesFor({
      'orden-trabajo': {
        title: 'Orden de trabajo',
        required: ['codigo'],
        properties: {
          codigo: { type: 'string', title: 'Código' },
          estado: {
            oneOf: [
              { const: 'Abierta', title: 'Abierta' },
              { const: 'Cerrada', title: 'Cerrada' },
            ],
          },
          total: { 'x-money': 'PEN' },
          lineas: {
            type: 'array',
            items: { type: 'object', required: ['n'], properties: { n: { type: 'integer', title: 'N' } } },
          },
        },
      },
      área: { properties: {} },
    })
    expect(text).toMatch(/^\/\/ Generated/)
    expect(text).toContain('export interface OrdenTrabajo {')
    expect(text).toContain('export interface Area {')
    expect(text).toContain('codigo: string')
    expect(text).toContain("estado?: 'Abierta' | 'Cerrada'")
    expect(text).toContain('total?: string')
    expect(text).toMatch(/lineas\?: \{[^}]*n: number/)
    expect(text).toContain('Código')
    expect(text.match(/export/g)).toHaveLength(2)
  })

  it('gives the same text for the same definitions, in any order', async () => {
    const a = { properties: { x: { type: 'string' } } }
    const b = { properties: { y: { type: 'integer' } } }
    expect(await typesFor({ a, b })).toBe(await typesFor({ b, a }))
  })
})
