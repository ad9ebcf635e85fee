import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { complete, contractState, People, startContract, taskOf } from './contractCase.ts'
import { startProduct, type Visitor } from './harness.ts'

const PROCESS = 'processes/contrato.bpmn'
let product: Running
let people: People
let analyst: Visitor

beforeAll(async () => {
  product = await startProduct()
  people = new People(product)
  analyst = await people.as('superadmin')
})
afterAll(async () => {
  await product.stop()
})

const installed = async (): Promise<string> =>
  (await analyst.get(`/api/definitions/fm/file?path=${PROCESS}`)).body.text as string
const number = async (): Promise<number> => (await analyst.get('/api/definitions/fm')).body.number as number

async function save(path: string, text: string): Promise<void> {
  const { revision } = (await analyst.get('/api/drafts/fm')).body as { revision: number }
  const answer = await analyst.put('/api/drafts/fm/file', { path, text }, { headers: { 'if-match': String(revision) } })
  expect(answer.status).toBe(200)
}

/** The process with one more user task between the start of the review and the rest. */
function withExtraTask(xml: string): string {
  const task = `<userTask id="segundaLectura" name="Segunda lectura" wf:form="contrato.segundaLectura"><extensionElements><wf:candidate role="legal"/><wf:outcome key="listo" label="Leído" kind="primary"/></extensionElements><incoming>f_extra</incoming><outgoing>f_registrarDocumento_iniciarRevision</outgoing></userTask><sequenceFlow id="f_extra" sourceRef="registrarDocumento" targetRef="segundaLectura"/>`
  return xml
    .replace('<outgoing>f_registrarDocumento_iniciarRevision</outgoing>', '<outgoing>f_extra</outgoing>')
    .replace(
      'sourceRef="registrarDocumento" targetRef="iniciarRevision"',
      'sourceRef="segundaLectura" targetRef="iniciarRevision"',
    )
    .replace('<userTask id="iniciarRevision"', `${task}<userTask id="iniciarRevision"`)
}
const form = JSON.stringify({
  title: 'Segunda lectura',
  entity: 'contrato',
  fields: [{ field: 'codigo', readOnly: true }],
  properties: { nota: { title: 'Nota', type: 'string', maxLength: 500 } },
  required: ['nota'],
})

describe('publishing from the studio', () => {
  it('refuses a broken drawing and a broken rule with element and reason, and changes nothing', async () => {
    const good = await installed()
    const before = await number()
    const broken: [string, (xml: string) => string, string | null][] = [
      ['not XML at all', () => '<definitions', null],
      [
        'a rule that is no FEEL',
        (xml) =>
          xml.replace(
            /wf:dueDate="business\.add\(now\(\), settings\.plazos\.inicio\)"/,
            'wf:dueDate="business.add(now(), "',
          ),
        'iniciarRevision',
      ],
      [
        'a setting that does not exist',
        (xml) => xml.replace('settings.plazos.inicio', 'settings.plazos.inexistente'),
        'iniciarRevision',
      ],
      [
        'a form that does not exist',
        (xml) => xml.replace('wf:form="contrato.iniciar"', 'wf:form="contrato.nada"'),
        'iniciarRevision',
      ],
      ['a way out without default', (xml) => xml.replace(' default="f_gwInicio_mRevisar"', ''), 'gwInicio'],
    ]
    for (const [what, change, element] of broken) {
      await save(PROCESS, change(good))
      const answer = await analyst.post('/api/drafts/fm/publish', {})
      expect({ what, status: answer.status, code: answer.body.code }).toEqual({
        what,
        status: 422,
        code: 'pack.invalid',
      })
      const findings = answer.body.findings as { file: string; at: string; message: string; severity: string }[]
      const errors = findings.filter((finding) => finding.severity === 'error' && finding.file === PROCESS)
      expect({ what, found: errors.length > 0, told: errors.every((finding) => finding.message.length > 10) }).toEqual({
        what,
        found: true,
        told: true,
      })
      if (element)
        expect({ what, elements: errors.map((finding) => finding.at).join(' ') }).toEqual({
          what,
          elements: expect.stringContaining(element),
        })
      expect(await number()).toBe(before)
    }
    expect((await analyst.delete('/api/drafts/fm', {})).status).toBe(204)
    await startContract(people)
  })

  it('runs new contracts on the new version and lets running ones finish on theirs', async () => {
    const old = await startContract(people)
    await save('forms/contrato.segundaLectura.json', form)
    await save(PROCESS, withExtraTask(await installed()))
    const published = await analyst.post('/api/drafts/fm/publish', { note: 'Segunda lectura' })
    expect({
      status: published.status,
      findings: published.body.findings?.filter((f: { severity: string }) => f.severity === 'error'),
    }).toEqual({ status: 200, findings: [] })

    const fresh = await startContract(people)
    const legal = await people.as('legal')
    const fm = await people.as('facility.manager')
    expect((await complete(fm, old, 'iniciarRevision', 'iniciar')).status).toBe(200)
    expect(await contractState(fm, old)).toBe('En Revisión')
    const manager = await people.as('gerente.fm')
    const open = (await manager.get(`/api/tasks?record=contrato:${fresh.id}&status=open`)).body.items as {
      id: string
      key: string
    }[]
    expect(open.map((task) => task.key)).toEqual(['segundaLectura'])
    const task = await legal.get(`/api/tasks/${open[0]?.id}`)
    expect(task.body.form.schema.properties.nota.title).toBe('Nota')
    expect(
      (await legal.post(`/api/tasks/${open[0]?.id}/complete`, { outcome: 'listo', data: { nota: 'Leído' } })).status,
    ).toBe(200)
    expect((await complete(fm, fresh, 'iniciarRevision', 'iniciar')).status).toBe(200)
    const versions = (await analyst.get('/api/definitions/fm/versions')).body as {
      number: number
      openInstances: number
      note: string
    }[]
    expect(versions[0]).toMatchObject({ openInstances: 1, note: 'Segunda lectura' })
  })

  it('tells who changed the draft instead of overwriting it', async () => {
    const stale = await analyst.put(
      '/api/drafts/fm/file',
      { path: PROCESS, text: await installed() },
      { headers: { 'if-match': '41' } },
    )
    expect({ status: stale.status, code: stale.body.code }).toEqual({ status: 412, code: 'draft.stale' })
    const unseen = await analyst.put('/api/drafts/fm/file', { path: PROCESS, text: 'x' })
    expect(unseen.status).toBe(428)
    const outside = await analyst.put(
      '/api/drafts/fm/file',
      { path: '../../etc/passwd', text: 'x' },
      { headers: { 'if-match': '0' } },
    )
    expect(outside.status).toBe(400)
  })

  it('is closed to everybody whom the roles do not name', async () => {
    const fm = await people.as('facility.manager')
    expect((await fm.get('/api/definitions')).status).toBe(403)
    expect((await fm.post('/api/drafts/fm/publish', {})).status).toBe(403)
    const contract = await startContract(people)
    expect(await taskOf(await people.as('gerente.fm'), contract, 'segundaLectura')).not.toBe('')
  })
})
