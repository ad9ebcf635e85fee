import { newProcess } from '../pack/newProcess.ts'
import { packModel } from '../pack/packModel.ts'
import { checkFile } from './checkFile.ts'
import { mergeFindings } from './mergeFindings.ts'

const pack = packModel({
  'entities/request.json': JSON.stringify({
    title: 'Request',
    properties: { status: { enum: ['Open'], 'x-state': true } },
  }),
})
const finding = (over: object) => ({
  code: 'a',
  severity: 'error' as const,
  file: 'f',
  at: 'x',
  message: 'm',
  cure: null,
  ...over,
})

describe('the findings of the studio', () => {
  it('has no error to say of a process just made', async () => {
    const xml = newProcess('request', 'Pedido & "más"', 'toy', 'request', 'Fin')
    const found = await checkFile('processes/request.bpmn', xml, pack)
    expect(found.filter((one) => one.severity === 'error')).toEqual([])
  })

  it('knows the names of the pack as the draft has them', async () => {
    const xml = newProcess('request', 'Pedido', 'toy', 'nowhere', 'Fin')
    const found = await checkFile('processes/request.bpmn', xml, pack)
    expect(found).toContainEqual(expect.objectContaining({ code: 'unresolved', file: 'processes/request.bpmn' }))
  })

  it('says why a file cannot be read instead of failing', async () => {
    expect(await checkFile('processes/request.bpmn', '<definitions', pack)).toEqual([
      expect.objectContaining({ severity: 'error', file: 'processes/request.bpmn' }),
    ])
    expect(await checkFile('forms/a.json', '{', pack)).toEqual([])
  })

  it('puts the open file first', () => {
    const merged = mergeFindings([finding({ severity: 'warn', file: 'z' })], [finding({ file: 'a' })], 'z')
    expect(merged.map((one) => one.file)).toEqual(['z', 'a'])
  })

  it('shows what both sides found once, errors first', () => {
    const merged = mergeFindings(
      [finding({ severity: 'warn', code: 'b' }), finding({})],
      [finding({}), finding({ file: 'g' })],
    )
    expect(merged.map((one) => [one.severity, one.code, one.file])).toEqual([
      ['error', 'a', 'f'],
      ['error', 'a', 'g'],
      ['warn', 'b', 'f'],
    ])
  })
})
