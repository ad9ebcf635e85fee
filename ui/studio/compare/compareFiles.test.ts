import { compareFiles } from './compareFiles.ts'

const process = (name: string, x: number) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="d" targetNamespace="x">
<bpmn:process id="p"><bpmn:userTask id="t" name="${name}" /></bpmn:process>
<bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="pl" bpmnElement="p"><bpmndi:BPMNShape id="s" bpmnElement="t"><dc:Bounds x="${x}" y="0" width="100" height="80" /></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>`

describe('compareFiles', () => {
  it('says of a process what it does differently, and tells a new drawing from a new meaning', async () => {
    const [renamed, moved, made] = await compareFiles([
      { path: 'processes/a.bpmn', before: process('Review', 0), after: process('Check', 50) },
      { path: 'processes/a.bpmn', before: process('Review', 0), after: process('Review', 50) },
      { path: 'processes/b.bpmn', before: null, after: process('Review', 0) },
    ])
    expect(renamed).toMatchObject({ kind: 'changed', added: 1, removed: 1 })
    expect(renamed?.rows.find((row) => row.kind === 'added')?.text).toContain('name="Check"')
    expect(moved?.kind).toBe('drawing')
    expect(made?.kind).toBe('new')
  })

  it('compares what is not a process, or cannot be read as one, as text', async () => {
    const [form, broken, equal] = await compareFiles([
      { path: 'forms/a.json', before: '{\n  "a": 1\n}\n', after: '{\n  "a": 2\n}\n' },
      { path: 'processes/a.bpmn', before: 'x', after: 'y' },
      { path: 'forms/b.json', before: 'a', after: 'a' },
    ])
    expect([form?.kind, broken?.kind, equal?.kind]).toEqual(['changed', 'changed', 'equal'])
  })
})
