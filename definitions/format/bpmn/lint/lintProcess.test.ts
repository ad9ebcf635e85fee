import { readFileSync } from 'node:fs'
import { outlineProcess } from '../outlineProcess.ts'
import { parseBpmn } from '../parseBpmn.ts'
import { readProcess } from '../readProcess.ts'
import { theProcess } from './checkConstructs.ts'
import type { LintContext } from './LintContext.ts'
import { lintProcess } from './lintProcess.ts'

const good = readFileSync(new URL('./fixtures/good.bpmn', import.meta.url), 'utf8')
const text = { type: 'string' }
const context: LintContext = {
  file: 'processes/order.bpmn',
  forms: ['order.new', 'order.approve', 'order.withdraw'],
  templates: ['due-soon'],
  roles: ['buyer', 'chief', 'clerk'],
  groups: ['bosses'],
  processes: ['order'],
  entities: ['order'],
  services: ['bank.pay'],
  pureServices: ['tax.amount'],
  states: ['New', 'Checking', 'Withdrawn'],
  editable: { 'order.approve': ['comment'] },
  functions: ['business.add'],
  scope: {
    outcome: text,
    form: { 'x-open': true },
    task: { 'x-open': true },
    result: { 'x-open': true },
    results: { 'x-open': true },
    record: {
      type: 'object',
      properties: {
        ...{ id: text, boss: text, reason: text, comment: text, state: { type: 'string', 'x-state': true } },
        total: { type: 'string', 'x-decimal': true },
      },
    },
    ref: { 'x-open': true },
    vars: { type: 'object', properties: { receipt: text } },
    settings: { type: 'object', properties: { days: { type: 'integer' } } },
    actor: { type: 'object', properties: { id: text } },
  },
}
const replaced = (changes: [string, string][]): string =>
  changes.reduce((xml, [from, to]) => {
    if (!xml.includes(from)) throw new Error(`the model does not contain ${from}`)
    return xml.replace(from, to)
  }, good)
const codesOf = async (xml: string, extra: LintContext = {}): Promise<string[]> =>
  (await lintProcess(xml, { ...context, ...extra })).map(({ severity, code, at }) => `${severity} ${code} ${at}`)

it('finds nothing in a good process, with or without the world around it', async () => {
  expect(await lintProcess(good, context)).toEqual([])
  expect(await lintProcess(good)).toEqual([])
})

const service = 'wf:service="bank.pay"'
const flow = (id: string, source: string, target: string) =>
  `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`
const gatewayAs = (type: string): [string, string][] => [
  ['<exclusiveGateway id="again">', `<${type} id="again">`],
  ['<outgoing>g2</outgoing></exclusiveGateway>', `<outgoing>g2</outgoing></${type}>`],
]

it.each<[string, string, [string, string][]]>([
  ['an inclusive gateway', 'error not-supported again', gatewayAs('inclusiveGateway')],
  ['a complex gateway', 'error not-supported again', gatewayAs('complexGateway')],
  [
    'an event sub-process',
    'error not-supported all',
    [['<subProcess id="all"', '<subProcess id="all" triggeredByEvent="true"']],
  ],
  [
    'a transaction',
    'error not-supported all',
    [
      ['<subProcess id="all"', '<transaction id="all"'],
      ['</subProcess>', '</transaction>'],
    ],
  ],
  [
    'an ad-hoc sub-process',
    'error not-supported all',
    [
      ['<subProcess id="all"', '<adHocSubProcess id="all"'],
      ['</subProcess>', '</adHocSubProcess>'],
    ],
  ],
  [
    'a script task',
    'error not-supported pay',
    [
      [
        `<serviceTask id="pay" name="Pay" ${service} wf:retries="5" wf:backoff="PT1M">`,
        '<scriptTask id="pay" name="Pay">',
      ],
      ['</serviceTask>', '</scriptTask>'],
    ],
  ],
  ['a condition in JavaScript', 'error condition g5', [['language="feel"', 'language="javascript"']]],
  [
    'a conditional event',
    'error not-supported wait',
    [
      [
        '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">P3D</timeDuration></timerEventDefinition>',
        '<conditionalEventDefinition/>',
      ],
    ],
  ],
  ['an implementation', 'error not-supported pay', [[service, `${service} implementation="\${x}"`]]],
  ['a split without default', 'error no-default ok', [[' default="g4"', '']]],
  ['a way out without condition', 'error conditional-flows g4', [[' default="g4"', '']]],
  [
    'a join that may wait for ever',
    'error deadlock join',
    [
      ['<parallelGateway id="fork">', '<exclusiveGateway id="fork" name="Which?" default="g7">'],
      ['<outgoing>g8</outgoing></parallelGateway>', '<outgoing>g8</outgoing></exclusiveGateway>'],
      [
        'sourceRef="fork" targetRef="bill"/>',
        'sourceRef="fork" targetRef="bill"><conditionExpression xsi:type="tFormalExpression" language="feel">outcome = "yes"</conditionExpression></sequenceFlow>',
      ],
    ],
  ],
  [
    'a loop that waits for nobody',
    'error endless-loop again',
    [
      [
        '<userTask id="approve" name="Approve" wf:form="order.approve" wf:dueDate="business.add(now(), settings.days)" wf:assignee="record.boss">',
        '<task id="approve" name="Approve">',
      ],
      ['</userTask>', '</task>'],
      ['<wf:setState on="claim" value="Checking"/>', ''],
    ],
  ],
  [
    'a fake join',
    'error fake-join end',
    [
      ['targetRef="e2"', 'targetRef="end"'],
      ['<endEvent id="e2"><incoming>f3</incoming></endEvent>', ''],
      ['<endEvent id="end"><incoming>f9', '<endEvent id="end"><incoming>f3</incoming><incoming>f9'],
    ],
  ],
  [
    'an implicit split',
    'error implicit-split pay',
    [
      ['<outgoing>g6</outgoing>', '<outgoing>g6</outgoing><outgoing>x1</outgoing>'],
      [
        flow('g6', 'pay', 'fork'),
        flow('g6', 'pay', 'fork') + flow('x1', 'pay', 'x') + '<endEvent id="x"><incoming>x1</incoming></endEvent>',
      ],
    ],
  ],
  [
    'a gateway that joins and forks',
    'error join-fork again',
    [
      [
        '<outgoing>g2</outgoing></exclusiveGateway>',
        '<outgoing>g2</outgoing><outgoing>x1</outgoing></exclusiveGateway>',
      ],
      [
        flow('g2', 'again', 'approve'),
        flow('g2', 'again', 'approve') +
          flow('x1', 'again', 'x') +
          '<endEvent id="x"><incoming>x1</incoming></endEvent>',
      ],
    ],
  ],
  ['a flow its node does not list', 'error undeclared-flow pay', [['<incoming>g5</incoming>', '']]],
  [
    'two executable processes',
    'error process-count other',
    [['</definitions>', '<process id="other" isExecutable="true"/></definitions>']],
  ],
  ['no executable process', 'error process-count order', [['isExecutable="true"', 'isExecutable="false"']]],
  ['a form that does not exist', 'error unresolved approve', [['wf:form="order.approve"', 'wf:form="order.aprove"']]],
  [
    'a role that does not exist',
    'error unresolved pack',
    [['role="clerk"/></extensionElements><incoming>g7', 'role="clerc"/></extensionElements><incoming>g7']],
  ],
  ['a group that does not exist', 'error unresolved approve', [['group="bosses"', 'group="boses"']]],
  ['a service that does not exist', 'error unresolved pay', [[service, 'wf:service="bank.paid"']]],
  ['a template that does not exist', 'error unresolved approve', [['template="due-soon"', 'template="due"']]],
  ['a state that does not exist', 'error unresolved approve', [['value="Checking"', 'value="Cheking"']]],
  ['a message that does not exist', 'error unresolved withdraw', [['<message id="withdraw"', '<message id="other"']]],
  ['a task that does not exist', 'error unresolved bill', [['task="pack"', 'task="pak"']]],
  ['an undeclared variable', 'error unresolved pay', [['target="vars.receipt"', 'target="vars.recipt"']]],
  ['a field that does not exist', 'error unresolved approve', [['target="record.reason"', 'target="record.raison"']]],
  ['the state set by hand', 'error state approve', [['target="record.reason"', 'target="record.state"']]],
  ['a target that is neither', 'error target approve', [['target="record.reason"', 'target="reason"']]],
  ['a timer that is no duration', 'error timer wait', [['>P3D<', '>P0D<']]],
  [
    'a date that does not exist',
    'error timer wait',
    [
      [
        '<timeDuration xsi:type="tFormalExpression">P3D</timeDuration>',
        '<timeDate xsi:type="tFormalExpression">2026-02-31</timeDate>',
      ],
    ],
  ],
  [
    'a cycle outside a boundary',
    'error timer wait',
    [
      [
        '<timeDuration xsi:type="tFormalExpression">P3D</timeDuration>',
        '<timeCycle xsi:type="tFormalExpression">R3/PT1H</timeCycle>',
      ],
    ],
  ],
  ['a backoff that is no duration', 'error timer pay', [['wf:backoff="PT1M"', 'wf:backoff="a minute"']]],
  ['a repeated id', 'error duplicate-id pack', [['id="bill"', 'id="pack"']]],
  ['an unknown attribute', 'error unknown-key ', [['wf:assignee', 'wf:asignee']]],
  ['an outcome treated but not offered', 'error outcome approve', [['on="outcome:no"', 'on="outcome:nein"']]],
  ['an outcome asked for but not offered', 'error outcome ok', [['outcome = "yes"', 'outcome = "si"']]],
  [
    'an outcome offered but not treated',
    'error outcome ok',
    [
      [' default="g4"', ''],
      [
        flow('g4', 'ok', 'again'),
        '<sequenceFlow id="g4" sourceRef="ok" targetRef="again"><conditionExpression xsi:type="tFormalExpression" language="feel">outcome = "maybe"</conditionExpression></sequenceFlow>',
      ],
    ],
  ],
  ['an inline service with side effects', 'error inline-service pay', [[service, `${service} wf:mode="inline"`]]],
  [
    'a task without candidates',
    'error no-candidates pack',
    [['<wf:candidate role="clerk"/></extensionElements><incoming>g7', '</extensionElements><incoming>g7']],
  ],
  ['a moment that does not exist', 'error moment approve', [['on="claim"', 'on="claimed"']]],
  ['a recipient that does not exist', 'error recipient approve', [['to="assignee, role:chief"', 'to="everybody"']]],
  [
    'a schedule for nobody',
    'error schedule order',
    [['wf:startOn="create"', 'wf:startOn="schedule" wf:schedule="0 8 * * *"']],
  ],
  [
    'an expression that cannot be read',
    'error feel-syntax approve',
    [['source="form.reason"', 'source="form..reason"']],
  ],
  ['in beside and', 'error feel-in-brackets g5', [['outcome = "yes"', 'outcome in ["yes"] and true']]],
  ['a name that does not exist', 'error feel-name g5', [['outcome = "yes"', 'outcom = "yes"']]],
  ['a path that does not exist', 'error feel-name pay', [['source="record.total"', 'source="record.totl"']]],
  ['a condition of another type', 'error feel-type g5', [['outcome = "yes"', '"yes"']]],
  ['money as a number', 'error feel-decimal g5', [['outcome = "yes"', 'record.total > 10']]],
  ['a condition that may be null', 'error feel-null-branch g5', [['outcome = "yes"', 'record.boss > "a"']]],
  [
    'a start rule outside the grammar',
    'error row-grammar order',
    [['wf:startOn="create"', 'wf:startOn="record" wf:startWhen="count(record.list) > 1"']],
  ],
  ['no due date', 'warn no-due-date pack', [['name="Pack" wf:dueDate="now()"', 'name="Pack"']]],
  ['no name', 'warn no-label pack', [['id="pack" name="Pack"', 'id="pack"']]],
  [
    'no state set',
    'warn no-state order',
    [
      [' wf:initialState="New"', ''],
      ['<wf:setState on="claim" value="Checking"/>', ''],
      ['<wf:setState value="Withdrawn"/>', ''],
    ],
  ],
  [
    'a field that the form edits too',
    'warn overwrites approve',
    [['target="record.reason"', 'target="record.comment"']],
  ],
])('finds %s', async (_what, expected, changes) => {
  expect(await codesOf(replaced(changes))).toContain(expected)
})

it('says what to do about each finding, in the file of the process', async () => {
  const findings = await lintProcess(replaced([['wf:form="order.approve"', 'wf:form="order.aprove"']]), context)
  expect(findings).toEqual([
    {
      code: 'unresolved',
      severity: 'error',
      file: 'processes/order.bpmn',
      at: 'approve',
      message: 'No existe el formulario «order.aprove»',
      cure: '¿Quiso decir «order.approve»?',
    },
  ])
})

it('asks to divide a process of more than 60 nodes, and refuses one of more than 150', async () => {
  const chain = (count: number) => {
    const nodes = Array.from(
      { length: count },
      (_, i) => `<task id="n${i}" name="n"><incoming>c${i}</incoming><outgoing>c${i + 1}</outgoing></task>`,
    )
    const flows = Array.from({ length: count + 1 }, (_, i) =>
      flow(`c${i}`, i ? `n${i - 1}` : 'all', i < count ? `n${i}` : 'end'),
    )
    return replaced([
      [flow('f9', 'all', 'end'), nodes.join('') + flows.join('')],
      ['<incoming>f1</incoming><outgoing>f9</outgoing>', '<incoming>f1</incoming><outgoing>c0</outgoing>'],
      ['<endEvent id="end"><incoming>f9', `<endEvent id="end"><incoming>c${count}`],
    ])
  }
  expect(await codesOf(chain(50))).toEqual(['warn size order'])
  expect(await codesOf(chain(150))).toEqual(['error size order'])
})

it('blocks a version that takes a waiting node away from open cases, unless a migration maps it', async () => {
  const reading = await parseBpmn(good)
  if (!('parsed' in reading)) throw new Error('unreadable')
  const { rootElement } = reading.parsed
  const previous = readProcess(rootElement, theProcess(rootElement) as never)
  const renamed = good.replaceAll('"approve"', '"decide"')
  expect(await codesOf(renamed, { previous })).toEqual(['error breaking approve'])
  expect(await codesOf(renamed, { previous, mappedNodes: { approve: 'decide' } })).toEqual([])
})

it.each([
  ['nothing', ''],
  ['another language', '{"a": 1}'],
  ['half a file', good.slice(0, 900)],
  ['binary', '\u0000\u0001<definitions'],
])('never throws on %s', async (_what, xml) => {
  expect(await lintProcess(xml, context)).toEqual([
    expect.objectContaining({ severity: 'error', file: 'processes/order.bpmn' }),
  ])
})

it('tells the drawing as an ordered text', async () => {
  const reading = await parseBpmn(good)
  if (!('parsed' in reading)) throw new Error('unreadable')
  const outline = outlineProcess(reading.parsed.rootElement)
  expect(outline.map(({ kind, name, depth }) => `${'  '.repeat(depth)}${kind}: ${name}`)).toEqual([
    'Inicio: Inicio',
    'Subproceso: All of it',
    '  Inicio: Inicio',
    '  Decisión: Decisión',
    '  Tarea: Approve',
    '  Decisión: Approved?',
    '  Servicio: Pay',
    '  Caminos paralelos: Caminos paralelos',
    '  Tarea: Pack',
    '  Caminos paralelos: Caminos paralelos',
    '  Espera: Espera',
    '  Fin: Fin',
    '  Tarea: Bill',
    'Evento de borde: Evento de borde',
    'Fin: Fin',
    'Fin: Fin',
  ])
  expect(outline.find(({ id }) => id === 'ok')?.next).toEqual([
    { id: 'again', name: 'Decisión', when: null },
    { id: 'pay', name: 'Pay', when: 'outcome = "yes"' },
  ])
})
