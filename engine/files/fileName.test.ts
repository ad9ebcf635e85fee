import { describe, expect, it } from '@jest/globals'
import { fileName } from './fileName.ts'

describe('fileName', () => {
  it.each([
    ['Contrato N.º 12 ñandú.pdf', 'Contrato N.º 12 ñandú.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\foto.png', 'foto.png'],
    ['a\u202Efdp.exe', 'afdp.exe'],
    ['line\r\nSet-Cookie: x.pdf', 'lineSet-Cookie_ x.pdf'],
    ['..', 'archivo'],
    ['', 'archivo'],
    ['.htaccess', 'htaccess'],
    ['"><script>.pdf', '___script_.pdf'],
  ])('makes %j harmless', (given, expected) => {
    expect(fileName(given)).toBe(expected)
  })

  it('keeps 200 characters at most, with the ending', () => {
    const name = fileName(`${'á'.repeat(400)}.docx`)
    expect([...name]).toHaveLength(200)
    expect(name.endsWith('á.docx')).toBe(true)
  })
})
