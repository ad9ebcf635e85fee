export type Dialect = 'wf' | 'bpmn-engine' | 'bpmn-server' | 'cauce'

interface Element {
  id: string
  tag: string
  attributes: string
  inner: string
}

/** The step after a task that nobody waits for; the engines that are measured with their database only pass through. */
const work: Record<Dialect, { tag: string; attributes: string }> = {
  wf: { tag: 'serviceTask', attributes: 'wf:service="bench.work" wf:mode="inline"' },
  'bpmn-engine': { tag: 'serviceTask', attributes: 'implementation="${environment.services.work}"' },
  'bpmn-server': { tag: 'exclusiveGateway', attributes: '' },
  cauce: { tag: 'exclusiveGateway', attributes: '' },
}
const conditions: Record<Dialect, string> = {
  wf: 'language="feel">outcome = "again"',
  'bpmn-engine': '>${environment.variables.again}',
  'bpmn-server': '>this.data.outcome == "again"',
  cauce: 'language="feel">outcome = "again"',
}
const CANDIDATE = '<wf:candidate role="worker"/>'
const OUTCOMES = '<wf:outcome key="ok" label="OK"/><wf:outcome key="again" label="Again"/>'

/**
 * Tasks in a row, each followed by a service and by a decision that may send the case back to the task: the same model
 * with so many nodes (4 per round, a start and an end) as each engine writes it.
 */
export function benchModel(nodes: number, dialect: Dialect): string {
  const rounds = (nodes - 2) / 4
  const ours = (text: string): string => (dialect === 'cauce' ? text : '')
  const inner = (text: string): string => ours(`<extensionElements>${text}</extensionElements>`)
  const elements: Element[] = []
  const flows: { id: string; source: string; target: string; again: boolean }[] = []
  const add = (id: string, tag: string, attributes = '', content = ''): string => {
    elements.push({ id, tag, attributes, inner: content })
    return id
  }
  const flow = (source: string, target: string, again = false): void => {
    flows.push({ id: `${source}_${target}`, source, target, again })
  }
  let last = add('start', 'startEvent', ours('wf:form="item.new"'), inner(CANDIDATE))
  for (let round = 0; round < rounds; round++) {
    const next = round + 1 < rounds ? `m${round + 1}` : 'end'
    const merge = add(`m${round}`, 'exclusiveGateway')
    const task = add(`t${round}`, 'userTask', ours('wf:form="item.step"'), inner(CANDIDATE + OUTCOMES))
    const pass = add(`s${round}`, work[dialect].tag, work[dialect].attributes)
    const decide = add(`d${round}`, 'exclusiveGateway', `default="d${round}_${next}"`)
    if (round === 0) flow(last, merge)
    flow(merge, task)
    flow(task, pass)
    flow(pass, decide)
    flow(decide, merge, true)
    flow(decide, next)
    last = decide
  }
  add('end', 'endEvent')

  const written = elements.map(({ id, tag, attributes, inner: content }) => {
    const incoming = flows.filter(({ target }) => target === id).map((one) => `<incoming>${one.id}</incoming>`)
    const outgoing = flows.filter(({ source }) => source === id).map((one) => `<outgoing>${one.id}</outgoing>`)
    return `<${tag} id="${id}" name="${id}" ${attributes}>${content}${incoming.join('')}${outgoing.join('')}</${tag}>`
  })
  const condition = `<conditionExpression xsi:type="tFormalExpression" ${conditions[dialect]}</conditionExpression>`
  const arrows = flows.map(
    ({ id, source, target, again }) =>
      `<sequenceFlow id="${id}" name="${id}" sourceRef="${source}" targetRef="${target}">${again ? condition : ''}</sequenceFlow>`,
  )
  const spaces =
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1"'
  const about = ours('wf:entity="item" wf:startOn="create" wf:initialState="Open"')
  return `<?xml version="1.0"?><definitions ${spaces} id="bench${nodes}" targetNamespace="urn:bench"><process id="p${nodes}" name="p${nodes}" isExecutable="true" ${about}>${written.join('')}${arrows.join('')}</process></definitions>`
}
