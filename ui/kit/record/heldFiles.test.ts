import type { JsonObject } from '#forms'
import { heldFiles } from './heldFiles.ts'

describe('the files of a record', () => {
  const file = { type: 'string', 'x-file': { photo: true } }
  const schema = {
    type: 'object',
    properties: {
      plano: { title: 'Plano', ...file },
      fotos: { title: 'Fotos', type: 'array', items: file },
      visitas: {
        title: 'Visitas',
        type: 'array',
        items: { type: 'object', properties: { foto: { title: 'Foto', ...file }, nota: { type: 'string' } } },
      },
      copia: { title: 'Copia', ...file, 'x-widget': 'none' },
    },
  }

  it('are those of its fields and rows, each once, with the place they stand in', () => {
    const data: JsonObject = {
      plano: 'a',
      fotos: ['b', 'a', 'c'],
      visitas: [{ nota: 'x' }, { foto: 'd' }],
      copia: 'e',
    }
    expect(heldFiles(schema, data)).toEqual([
      { id: 'a', place: 'Plano' },
      { id: 'b', place: 'Fotos' },
      { id: 'c', place: 'Fotos' },
      { id: 'd', place: 'Visitas 2 · Foto' },
    ])
  })

  it('are none where nothing is held', () => {
    expect(heldFiles(schema, { fotos: [], visitas: [{ foto: null }] })).toEqual([])
  })
})
