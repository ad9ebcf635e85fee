import { wfNamespace } from '#definitions'

const escape = (text: string) =>
  text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character,
  )

/** The smallest process that can be drawn on: it starts and ends. */
export function newProcess(key: string, name: string, pack: string, entity: string | null, endName: string): string {
  const flow = 'inicio-fin'
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:wf="${wfNamespace}" id="${escape(key)}.bpmn" targetNamespace="urn:cauce:pack:${escape(pack)}">
  <process id="${escape(key)}" name="${escape(name)}" isExecutable="true"${entity ? ` wf:entity="${escape(entity)}" wf:startOn="create"` : ''}>
    <startEvent id="inicio"><outgoing>${flow}</outgoing></startEvent>
    <sequenceFlow id="${flow}" sourceRef="inicio" targetRef="fin" />
    <endEvent id="fin" name="${escape(endName)}"><incoming>${flow}</incoming></endEvent>
  </process>
  <bpmndi:BPMNDiagram id="diagrama">
    <bpmndi:BPMNPlane id="plano" bpmnElement="${escape(key)}">
      <bpmndi:BPMNShape id="inicio_di" bpmnElement="inicio"><dc:Bounds x="160" y="160" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="fin_di" bpmnElement="fin"><dc:Bounds x="420" y="160" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="${flow}_di" bpmnElement="${flow}"><di:waypoint x="196" y="178" /><di:waypoint x="420" y="178" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
`
}
