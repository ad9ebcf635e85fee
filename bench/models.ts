export type Dialect = 'wf' | 'bpmn-engine' | 'bpmn-server' | 'cauce'

/** The step after a task that nobody waits for; the engines that are measured with their database only pass through. */
const work: Record<Dialect, (id: string) => string> = {
  wf: (id) => `<serviceTask id="${id}" wf:service="bench.work" wf:mode="inline"/>`,
  'bpmn-engine': (id) => `<serviceTask id="${id}" implementation="\${environment.services.work}"/>`,
  'bpmn-server': (id) => `<exclusiveGateway id="${id}"/>`,
  cauce: (id) => `<exclusiveGateway id="${id}" name="${id}"/>`,
}
const conditions: Record<Dialect, string> = {
  wf: 'language="feel">outcome = "again"',
  'bpmn-engine': '>${environment.variables.again}',
  'bpmn-server': '>this.data.outcome == "again"',
  cauce: 'language="feel">outcome = "again"',
}
const attributes = (dialect: Dialect, text: string): string => (dialect === 'cauce' ? ` ${text}` : '')
const TASK =
  '<extensionElements><wf:candidate role="worker"/><wf:outcome key="ok" label="OK"/><wf:outcome key="again" label="Again"/></extensionElements>'
const START = '<extensionElements><wf:candidate role="worker"/></extensionElements>'

/**
 * Tasks in a row, each followed by a service and by a decision that may send the case back to the task: the same model
 * with so many nodes (4 per round, a start and an end) as each engine writes it.
 */
export function benchModel(nodes: number, dialect: Dialect): string {
  const rounds = (nodes - 2) / 4
  const parts: string[] = []
  let last = 'start'
  const flow = (source: string, target: string, how = '/>'): void => {
    parts.push(`<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}"${how}`)
  }
  for (let round = 0; round < rounds; round++) {
    const [merge, task, pass, decide] = [`m${round}`, `t${round}`, `s${round}`, `d${round}`]
    parts.push(`<exclusiveGateway id="${merge}"${attributes(dialect, `name="${merge}"`)}/>`)
    const form = attributes(dialect, 'wf:form="item.step"')
    parts.push(`<userTask id="${task}" name="${task}"${form}>${dialect === 'cauce' ? TASK : ''}</userTask>`)
    parts.push(work[dialect](pass))
    const next = round + 1 < rounds ? `m${round + 1}` : 'end'
    parts.push(
      `<exclusiveGateway id="${decide}" default="${decide}_${next}"${attributes(dialect, `name="${decide}?"`)}/>`,
    )
    if (round === 0) flow(last, merge)
    flow(merge, task)
    flow(task, pass)
    flow(pass, decide)
    const condition = `><conditionExpression xsi:type="tFormalExpression" ${conditions[dialect]}</conditionExpression>`
    flow(decide, merge, `${attributes(dialect, 'name="Again"')}${condition}</sequenceFlow>`)
    flow(decide, next, `${attributes(dialect, 'name="On"')}/>`)
    last = decide
  }
  const names =
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1"'
  return `<?xml version="1.0"?><definitions ${names} id="bench${nodes}" targetNamespace="urn:bench"><process id="p${nodes}" isExecutable="true"${attributes(dialect, `name="p${nodes}" wf:entity="item" wf:startOn="create" wf:initialState="Open"`)}><startEvent id="start"${attributes(dialect, 'name="Start" wf:form="item.new"')}>${dialect === 'cauce' ? START : ''}</startEvent>${parts.join('')}<endEvent id="end"${attributes(dialect, 'name="End"')}/></process></definitions>`
}
