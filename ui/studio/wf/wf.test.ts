import { BpmnModdle } from 'bpmn-moddle'
import { wfDescriptor } from '#definitions'
import { candidateFromText, candidateToText } from './candidates.ts'
import { readDueDate, writeDueDate } from './dueDate.ts'
import { readExtensions, writeExtensions, type ExtensionRow } from './extensions.ts'
import { keyFromLabel } from './keyFromLabel.ts'
import { conditionOfOutcome, outcomeOfCondition, outcomesUpstream } from './outcomeCondition.ts'
import { readTimer, writeTimer } from './timer.ts'
import type { DiagramElement, Moddle, ModdleElement, Modeling } from './moddle.ts'

const moddle = new BpmnModdle({ wf: wfDescriptor }) as unknown as Moddle & {
  fromXML(xml: string): Promise<{ rootElement: ModdleElement; warnings: unknown[] }>
  toXML(element: ModdleElement, options?: object): Promise<{ xml: string }>
}
const modeling: Modeling = {
  updateProperties: (element, properties) =>
    modeling.updateModdleProperties(element, element.businessObject, properties),
  updateModdleProperties: (_, target, properties) => {
    for (const [name, value] of Object.entries(properties)) target.set(name, value)
  },
}
const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:wf="urn:cauce:bpmn:1" id="d" targetNamespace="x">
  <bpmn:process id="p" isExecutable="true">
    <bpmn:userTask id="t" name="Review">
      <bpmn:extensionElements>
        <wf:candidate role="buyer"/>
        <wf:outcome key="yes" label="Yes" reason="true"/>
        <wf:setState on="enter" value="Open"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>`

async function task() {
  const { rootElement, warnings } = await moddle.fromXML(xml)
  expect(warnings).toEqual([])
  const process = (rootElement.get('rootElements') as ModdleElement[])[0]
  const businessObject = (process?.get('flowElements') as ModdleElement[])[0]
  if (!businessObject) throw new Error('no task')
  const element: DiagramElement = { id: 't', type: 'bpmn:UserTask', businessObject }
  return { rootElement, element }
}

describe('extension elements', () => {
  it('are read as rows of text', async () => {
    const { element } = await task()
    expect(readExtensions(element.businessObject, 'wf:Outcome')).toEqual([{ key: 'yes', label: 'Yes', reason: 'true' }])
    expect(readExtensions(element.businessObject, 'wf:Notify')).toEqual([])
  })

  it('are written in their place, without what is empty or the default', async () => {
    const { rootElement, element } = await task()
    writeExtensions({ modeling, moddle }, element, element.businessObject, 'wf:Outcome', [
      { key: 'yes', label: 'Yes', reason: 'false', confirm: '' },
      { key: 'no', label: 'No', kind: 'danger', reason: 'true' },
    ])
    const { xml: written } = await moddle.toXML(rootElement, { format: true })
    expect(written.match(/<wf:.*\/>/g)).toEqual([
      '<wf:candidate role="buyer" />',
      '<wf:outcome key="yes" label="Yes" />',
      '<wf:outcome key="no" label="No" kind="danger" reason="true" />',
      '<wf:setState on="enter" value="Open" />',
    ])
    expect((await moddle.fromXML(written)).warnings).toEqual([])
  })

  it('disappear with their holder when nothing is left', async () => {
    const { rootElement, element } = await task()
    for (const type of ['wf:Candidate', 'wf:Outcome', 'wf:SetState'] as const) {
      writeExtensions({ modeling, moddle }, element, element.businessObject, type, [])
    }
    expect((await moddle.toXML(rootElement)).xml).not.toContain('extensionElements')
  })
})

describe('what the panels say in friendlier terms', () => {
  it('keeps every candidate as it was', () => {
    const rows: ExtensionRow[] = [
      { role: 'a' },
      { group: 'b' },
      { user: 'record.x' },
      { party: 'record.y' },
      { party: 'record.y', role: 'a' },
    ]
    for (const row of rows) {
      expect(candidateFromText(candidateToText(row))).toEqual(row)
    }
  })

  it('reads business days, a setting, or keeps the rule', () => {
    for (const text of [
      'business.add(now(), 3)',
      'business.add(now(), settings.terms.review)',
      'record.end + duration("P1D")',
    ]) {
      expect(writeDueDate(readDueDate(text))).toBe(text)
    }
    expect(readDueDate('business.add(now(), 3)')).toEqual({ kind: 'days', days: 3 })
    expect(readDueDate('business.add(now(), settings.terms.review)')).toEqual({ kind: 'setting', path: 'terms.review' })
    expect(readDueDate('  ')).toEqual({ kind: 'none' })
    expect(writeDueDate({ kind: 'none' })).toBeUndefined()
  })

  it('reads timers and says in which property each is kept', () => {
    expect(readTimer('P3D')).toEqual({ kind: 'duration', amount: 3, unit: 'D' })
    expect(readTimer('PT3D').kind).toBe('rule')
    for (const text of ['P3D', 'PT2H', 'PT15M', 'business.add(now(), 3)', 'record.end', 'P1DT2H']) {
      expect(writeTimer(readTimer(text)).text).toBe(text)
    }
    expect(writeTimer(readTimer('record.end')).property).toBe('timeDate')
    expect(writeTimer(readTimer('P1DT2H')).property).toBe('timeDuration')
  })

  it('recognises the condition that asks for an answer', () => {
    expect(outcomeOfCondition(conditionOfOutcome('yes'))).toBe('yes')
    expect(outcomeOfCondition('outcome = "yes" and record.amount != null')).toBeNull()
  })

  it('offers the answers of the nearest tasks upstream, also around a loop', async () => {
    const { element } = await task()
    const gateway: DiagramElement = {
      id: 'g',
      type: 'bpmn:ExclusiveGateway',
      businessObject: element.businessObject,
      incoming: [],
    }
    gateway.incoming?.push(
      { id: 'f', type: 'bpmn:SequenceFlow', businessObject: element.businessObject, source: element },
      { id: 'loop', type: 'bpmn:SequenceFlow', businessObject: element.businessObject, source: gateway },
    )
    expect(outcomesUpstream(gateway)).toEqual([{ key: 'yes', label: 'Yes', task: 'Review' }])
  })

  it('makes keys from what people write', () => {
    expect(keyFromLabel('Enviar Observación adicional')).toBe('enviarObservacionAdicional')
    expect(keyFromLabel('Sí', ['si'])).toBe('si2')
    expect(keyFromLabel('Revisar 2', [], '-')).toBe('revisar-2')
    expect(keyFromLabel('…')).toBe('nuevo')
  })
})
