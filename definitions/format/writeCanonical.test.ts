import { readFileSync } from 'node:fs'
import { packFolders } from './pack/packFolders.ts'
import { readPackFiles } from './pack/index.ts'
import { writeCanonical } from './writeCanonical.ts'

describe('the canonical writer', () => {
  it('puts one property per line, known keys first', () => {
    expect(writeCanonical({ maxLength: 5, type: 'string', 'x-fixed': true, title: 'A' })).toBe(
      '{\n  "title": "A",\n  "type": "string",\n  "maxLength": 5,\n  "x-fixed": true\n}\n',
    )
  })

  it('keeps the order of fields: it is the order on screen', () => {
    expect(writeCanonical({ properties: { type: {}, title: {} } })).toBe(
      '{\n  "properties": {\n    "type": {},\n    "title": {}\n  }\n}\n',
    )
  })

  it('keeps short lists and short rows on one line', () => {
    const text = writeCanonical({
      required: ['a', 'b'],
      rows: [{ id: 'x', nombre: 'X' }],
      long: ['x'.repeat(80), 'y'.repeat(80)],
    })
    expect(text).toContain('"required": ["a", "b"]')
    expect(text).toContain('    { "id": "x", "nombre": "X" }')
    expect(text).toContain(`[\n    "${'x'.repeat(80)}",\n`)
  })

  it('changes nothing in what it wrote', () => {
    const once = writeCanonical({ b: [1, [2, { a: null }]], title: 'x', a: { c: [], d: {} } })
    expect(writeCanonical(JSON.parse(once))).toBe(once)
  })

  it('every file of the packs is written by it', async () => {
    for (const folder of await packFolders()) {
      for (const [path, text] of Object.entries(await readPackFiles(folder))) {
        if (path.endsWith('.json')) expect({ path, text }).toEqual({ path, text: writeCanonical(JSON.parse(text)) })
      }
    }
    expect(readFileSync('definitions/fm/pack.json', 'utf8')).toContain('"name": "fm"')
  })
})
