/** A scope (process or sub-process) in short notation, for tests and benchmarks. */
export interface TestScope {
  nodes: TestNode[]
  /** `a > b`, `x > b [condition]`, `x > c default`, separated by `;`. Flow ids are `source_target`. */
  flows: string
}
export interface TestNode {
  id: string
  /** BPMN tag: `userTask`. */
  type: string
  attributes?: string
  /** Content of `extensionElements`. */
  wf?: string
  /** Further content, such as event definitions. */
  body?: string
  inner?: TestScope
}

export interface TestFlow {
  id: string
  source: string
  target: string
  condition: string | null
  isDefault: boolean
}

/** BPMN 2.0 XML of one executable process `p` (without a drawing). `roots`: messages, errors, signals. */
export function bpmnOf(scope: TestScope, roots = '', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1" id="d" targetNamespace="urn:cauce:test">
${roots ? `  ${roots}\n` : ''}  <process id="p" isExecutable="true"${attributes ? ` ${attributes}` : ''}>
${scopeXml(scope, '    ')}
  </process>
</definitions>
`
}

function scopeXml(scope: TestScope, indent: string): string {
  const flows = flowsOf(scope.flows)
  return [
    ...scope.nodes.map((node) => nodeXml(node, flows, indent)),
    ...flows.map((flow) => flowXml(flow, indent)),
  ].join('\n')
}

function nodeXml(node: TestNode, flows: TestFlow[], indent: string): string {
  const inner = indent + '  '
  const fallback = flows.find((flow) => flow.source === node.id && flow.isDefault)
  const attributes = [`id="${node.id}"`, node.attributes ?? '', fallback ? `default="${fallback.id}"` : '']
  const lines = [
    ...(node.wf ? [`${inner}<extensionElements>${node.wf}</extensionElements>`] : []),
    ...flows.filter((flow) => flow.target === node.id).map((flow) => `${inner}<incoming>${flow.id}</incoming>`),
    ...flows.filter((flow) => flow.source === node.id).map((flow) => `${inner}<outgoing>${flow.id}</outgoing>`),
    ...(node.body ? [inner + node.body] : []),
    ...(node.inner ? [scopeXml(node.inner, inner)] : []),
  ]
  const head = `${indent}<${node.type} ${attributes.filter(Boolean).join(' ')}`
  return lines.length ? `${head}>\n${lines.join('\n')}\n${indent}</${node.type}>` : `${head}/>`
}

function flowXml(flow: TestFlow, indent: string): string {
  const head = `${indent}<sequenceFlow id="${flow.id}" sourceRef="${flow.source}" targetRef="${flow.target}"`
  if (flow.condition === null) return `${head}/>`
  const text = flow.condition.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
  return `${head}>\n${indent}  <conditionExpression xsi:type="tFormalExpression" language="feel">${text}</conditionExpression>\n${indent}</sequenceFlow>`
}

export function flowsOf(text: string): TestFlow[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const match = /^(\w+)\s*>\s*(\w+)\s*(default|\[(.*)\])?$/.exec(part)
      if (!match) throw new Error(`cannot read the flow "${part}"`)
      const [, source, target, how, condition] = match
      return {
        id: `${source}_${target}`,
        source: source!,
        target: target!,
        condition: condition ?? null,
        isDefault: how === 'default',
      }
    })
}

export const task = (id: string, rest: Partial<TestNode> = {}): TestNode => ({ id, type: 'userTask', ...rest })
export const start = (id = 'start'): TestNode => ({ id, type: 'startEvent' })
export const end = (id = 'end', body?: string): TestNode => ({ id, type: 'endEvent', ...(body ? { body } : {}) })
export const xor = (id: string): TestNode => ({ id, type: 'exclusiveGateway' })
export const and = (id: string): TestNode => ({ id, type: 'parallelGateway' })
export const sub = (id: string, inner: TestScope, rest: Partial<TestNode> = {}): TestNode => ({
  id,
  type: 'subProcess',
  inner,
  ...rest,
})
export const boundary = (id: string, on: string, body: string, interrupting = true, wf?: string): TestNode => ({
  id,
  type: 'boundaryEvent',
  attributes: `attachedToRef="${on}"${interrupting ? '' : ' cancelActivity="false"'}`,
  body,
  ...(wf ? { wf } : {}),
})
export const timerBody = (text: string, kind = 'timeDuration'): string =>
  `<timerEventDefinition><${kind} xsi:type="tFormalExpression">${text}</${kind}></timerEventDefinition>`
export const messageBody = (ref: string): string => `<messageEventDefinition messageRef="${ref}"/>`
export const errorBody = (ref?: string): string => `<errorEventDefinition${ref ? ` errorRef="${ref}"` : ''}/>`
