import { schemaAt, titleOf, valueAt } from './schemaAt.ts'

const schema = {
  properties: { socios: { title: 'Socios', type: 'array', items: { properties: { correo: { title: 'Correo' } } } } },
}

describe('paths of a form', () => {
  it('reach into rows', () => {
    expect(schemaAt(schema, 'socios.3.correo')).toEqual({ title: 'Correo' })
    expect(schemaAt(schema, 'nada')).toBeNull()
    expect(valueAt({ socios: [{ correo: 'a' }] }, 'socios.0.correo')).toBe('a')
    expect(valueAt({}, 'socios.0.correo')).toBeUndefined()
    expect(titleOf(null, 'socios.0.correo')).toBe('correo')
  })
})
