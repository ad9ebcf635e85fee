import { parseCsv } from './parseCsv.ts'
import { parsePack } from './parsePack.ts'
import { parseTemplate } from './parseTemplate.ts'
import { packFiles } from './testPack.ts'

describe('parsing a pack', () => {
  it('gives every part under its file name', () => {
    const { pack, findings } = parsePack(packFiles())
    expect(findings).toEqual([])
    expect(Object.keys(pack?.entities ?? {})).toEqual(['book', 'loan'])
    expect(Object.keys(pack?.forms ?? {})).toEqual(['loan.new', 'loan.decide'])
    expect(pack?.processes.loan).toContain('<process id="loan"')
    expect(pack?.templates['loan-asked']).toMatchObject({
      subject: 'Loan {{record.code}}',
      channels: ['mail', 'notice'],
      urgency: 'info',
    })
    expect(pack?.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('the hash follows the content, not the order of the files', () => {
    const files = packFiles()
    const turned = Object.fromEntries(Object.entries(files).reverse())
    expect(parsePack(turned).pack?.hash).toBe(parsePack(files).pack?.hash)
    expect(parsePack({ ...files, 'texts/en.json': '{}' }).pack?.hash).not.toBe(parsePack(files).pack?.hash)
  })

  it('adds up the demo files', () => {
    const { pack } = parsePack(
      packFiles({
        'demo/more.json':
          '{ "records": { "book": [{ "name": "Rayuela" }] }, "play": [{ "story": "lent", "at": "today-2d" }] }',
      }),
    )
    expect(pack?.demo.records?.book).toHaveLength(2)
    expect(pack?.demo.users).toHaveLength(1)
    expect(pack?.demo.play).toEqual([{ story: 'lent', at: 'today-2d' }])
  })

  it('reads rows of a catalogue from the CSV it names', () => {
    const { pack } = parsePack(
      packFiles({
        'catalogs/genres.json': '{ "title": "Genres", "key": "id", "columns": {}, "rows": "genres.csv" }',
        'catalogs/genres.csv': 'id,name\nnovel,"Novel, long"\n',
      }),
    )
    expect(pack?.catalogs.genres?.rows).toEqual([{ id: 'novel', name: 'Novel, long' }])
  })

  it('without a readable manifest there is no pack, and a finding says why', () => {
    expect(parsePack(packFiles({ 'pack.json': '{' }))).toMatchObject({
      findings: [{ code: 'json', file: 'pack.json' }],
    })
    expect(parsePack(packFiles({ 'roles.json': null })).pack).toBeUndefined()
  })
})

describe('a template file', () => {
  it('is a heading and a body', () => {
    const { template, frontMatter } = parseTemplate(
      '---\nsubject: Hola: {{record.a}}\nchannels: mail\nurgency: act\n---\nCuerpo\n',
    )
    expect(template).toEqual({ subject: 'Hola: {{record.a}}', channels: ['mail'], urgency: 'act', body: 'Cuerpo\n' })
    expect(Object.keys(frontMatter)).toEqual(['subject', 'channels', 'urgency'])
  })
  it('without a heading is all body', () => {
    expect(parseTemplate('Cuerpo').template).toMatchObject({ subject: '', body: 'Cuerpo' })
  })
})

describe('CSV of a catalogue', () => {
  it.each([
    [
      'a,b\n1,2\n3,4',
      [
        { a: '1', b: '2' },
        { a: '3', b: '4' },
      ],
    ],
    ['a,b\r\n1,\r\n', [{ a: '1' }]],
    ['a,b\n"say ""hi""","x\ny"\n', [{ a: 'say "hi"', b: 'x\ny' }]],
    ['a,b\n\n1,2\n\n', [{ a: '1', b: '2' }]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(parseCsv(text)).toEqual(rows)
  })
})
