/** The constructs that are offered, one .bpmn each; and the same walk through every fixture in all three modes. */
import { readdirSync } from 'node:fs'
import { compileProcess } from './compileProcess.ts'
import { compiled, fixture, TestInstance } from './testInstance.ts'
import { and, bpmnOf, boundary, end, start, sub, task, xor } from './testModel.ts'
import { chooser, walk } from './testWalk.ts'

const modes = ['recover', 'whole', 'live'] as const

describe.each(modes)('%s', (mode) => {
  const load = (name: string, options: TestInstance['options'] = {}) =>
    TestInstance.of(fixture(name), { ...options, mode })

  it('event-based gateway: the message is quicker', async () => {
    const instance = await load('event-gateway')
    await instance.start()
    await instance.complete('ask', 'sent', { question: 'why' })
    expect(instance.open).toEqual(['answer', 'silence@'])
    await instance.message('answer_m', { text: 'because' })
    expect(instance.open).toEqual(['read'])
    expect((await instance.complete('read')).status).toBe('completed')
  })

  it('event-based gateway: the timer is quicker', async () => {
    const instance = await load('event-gateway')
    await instance.start()
    await instance.complete('ask')
    await instance.fire('silence')
    expect(instance.open).toEqual(['remind'])
    expect(instance.log.visits).toContain('answer:cancel')
    expect((await instance.complete('remind')).status).toBe('completed')
  })

  it('terminate ends everything at its level', async () => {
    const instance = await load('terminate')
    await instance.start()
    const { status, visits } = await instance.complete('a')
    expect(status).toBe('completed')
    expect(visits).toContainEqual({ node: 'b', event: 'leave', cancelled: true })
  })

  it('terminate inside a sub-process ends only that', async () => {
    const instance = await load('terminate-sub')
    await instance.start()
    await instance.complete('a')
    expect(instance.open).toEqual(['after'])
    expect((await instance.complete('after')).status).toBe('completed')
  })

  it('a signal is heard where somebody waits for it', async () => {
    const instance = await load('signal')
    await instance.start()
    expect(instance.last.waits.map(({ node, kind }) => `${node} ${kind}`).sort()).toEqual(['a task', 'hear signal'])
    await instance.complete('a')
    expect(instance.open).toEqual(['heard'])
    expect((await instance.complete('heard')).status).toBe('completed')
  })

  it('a message boundary that does not interrupt leaves its task open; one that does cancels it', async () => {
    const instance = await load('boundary-kinds')
    await instance.start()
    expect(instance.open).toEqual(['nudge', 'stop', 'work'])
    await instance.message('nudge_m')
    expect(instance.open).toEqual(['nudge', 'nudged', 'stop', 'work'])
    await instance.complete('nudged')
    await instance.message('nudge_m')
    expect(instance.open).toEqual(['nudge', 'nudged', 'stop', 'work'])
    await instance.message('stop_m')
    expect(instance.open).toEqual(['nudged', 'stopped'])
    expect(instance.vars.cancelled).toBe(true)
    await instance.complete('nudged')
    expect((await instance.complete('stopped')).status).toBe('completed')
  })

  it('a call activity waits for its child, with its inputs, and takes its outputs', async () => {
    const instance = await load('call-activity', { record: { other: 'o1' } })
    instance.vars = { reason: 'v2' }
    await instance.start()
    const wait = instance.last.waits.find((candidate) => candidate.kind === 'call')!
    expect(wait.call).toEqual({ process: 'other', binding: 'latest', record: 'o1', input: { reason: 'v2' } })
    expect((await instance.job(wait.executionId, { number: '2.0' })).status).toBe('completed')
    expect(instance.record.version).toBe('2.0')
  })

  it('a call activity is interrupted by its boundary, and its error is caught by code', async () => {
    const late = await load('call-activity', { record: { other: 'o1' } })
    late.vars = { reason: 'x' }
    await late.start()
    await late.fire('expire')
    expect(late.open).toEqual(['late'])
    const broken = await load('call-activity', { record: { other: 'o1' } })
    broken.vars = { reason: 'x' }
    await broken.start()
    const executionId = broken.waitAt('child')
    await broken.step({ type: 'job', executionId, error: { code: 'CHILD', message: 'child ended badly' } })
    expect(broken.open).toEqual(['mend'])
  })

  it('the innermost boundary with the code catches an error, and no boundary beside it', async () => {
    const soft = await load('nested-errors')
    await soft.start()
    await soft.complete('work', 'soft')
    expect(soft.open).toEqual(['mendInner', 'other'])
    const hard = await load('nested-errors')
    await hard.start()
    await hard.complete('work', 'hard')
    expect(hard.open).toEqual(['mendOuter', 'other'])
  })

  it('a multi-instance sub-process knows its element at every depth and its results afterwards', async () => {
    const items = [
      { name: 'one', owner: 'ana' },
      { name: 'two', owner: 'beto' },
    ]
    const instance = await load('multi-subprocess', { record: { items } })
    await instance.start()
    expect(
      instance.last.waits.filter((w) => w.node === 'check').map(({ title, candidates }) => [title, candidates]),
    ).toEqual([
      ['one', [{ user: 'ana' }]],
      ['two', [{ user: 'beto' }]],
    ])
    await instance.complete('check', 'ok', {}, 1)
    expect(instance.last.waits.map(({ node, title }) => `${node} ${title}`).sort()).toEqual([
      ...['cancelled null', 'check one', 'confirm two'],
    ])
    await instance.complete('confirm', 'no')
    await instance.complete('check')
    const { status, visits } = await instance.complete('confirm', 'yes')
    expect(status).toBe('completed')
    expect(visits.map((visit) => visit.node)).toContain('bad')
  })

  it('a multi-instance sub-process is cancelled as a whole', async () => {
    const instance = await load('multi-subprocess', {
      record: {
        items: [
          { name: 'a', owner: 'a' },
          { name: 'b', owner: 'b' },
        ],
      },
    })
    await instance.start()
    await instance.complete('check')
    expect((await instance.message('cancel')).status).toBe('completed')
  })

  it('a multi-instance service makes one job per element', async () => {
    const instance = await load('multi-service', { record: { addresses: ['a@x', 'b@x'] } })
    await instance.start()
    expect(instance.last.jobs.map((job) => job.input)).toEqual([{ to: 'a@x' }, { to: 'b@x' }])
    const [first, second] = instance.last.openJobs
    await instance.job(second!, { sent: true })
    expect(instance.last.openJobs).toEqual([first])
    await instance.job(first!, { sent: true })
    expect(instance.open).toEqual(['after'])
  })
})

const walkable = readdirSync(new URL('./fixtures/', import.meta.url))
  .map((file) => file.replace('.bpmn', ''))
  .filter((name) => !/t06|t07-event|t10|t16|t17/.test(name))

it.each(walkable)('%s: recovered before every step, sliced or not, it goes as it goes live', async (name) => {
  const definition = await compiled(fixture(name))
  for (let seed = 1; seed <= 5; seed++) {
    const traces = await Promise.all(
      modes.map(async (mode) => {
        const instance = new TestInstance(definition, {
          mode,
          stateField: 'state',
          settings: { days: 2, span: 'PT1H' },
          record: {
            ...{ approvers: ['ana', 'beto'], items: [{ name: 'a', owner: 'x' }], addresses: ['a', 'b'], limit: 'P1D' },
            ...{ total: '1', text: 'text', other: 'o1', child: 'c1', owner: 'o1', code: 'R', reviewer: null },
          },
        })
        instance.vars = { way: 'b', reason: 'r', never: false, absent: 1 }
        return walk(instance, chooser(seed), ['approve', 'no', 'soft', 'ok'])
      }),
    )
    expect(traces[0]).toEqual(traces[2])
    expect(traces[1]).toEqual(traces[2])
  }
})

it('hash: the same for the same behaviour, whatever the drawing and the white space', async () => {
  const hashOf = async (xml: string) => (await compiled(xml)).hash
  const xml = fixture('request')
  const drawn = xml.replace(
    '</definitions>',
    '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="drawing"><bpmndi:BPMNPlane id="plane" bpmnElement="request"/></bpmndi:BPMNDiagram></definitions>',
  )
  expect(await hashOf(drawn)).toBe(await hashOf(xml))
  expect(await hashOf(xml.replace('"Review"', '"Look"'))).not.toBe(await hashOf(xml))
})

it.each([
  ['nothing', ''],
  ['no XML', 'hello'],
  ['half a file', fixture('request').slice(0, 1500)],
  ['another root', '<a/>'],
  ['a DOCTYPE', '<!DOCTYPE x [<!ENTITY a "b">]><definitions/>'],
  ['three megabytes', `<definitions>${' '.repeat(3_000_000)}</definitions>`],
  ['fifty thousand levels', '<a>'.repeat(50_000)],
  ['no process', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'],
  ['a repeated id', fixture('request').replace('id="signB"', 'id="signA"')],
  ['a dangling reference', fixture('request').replace('targetRef="again"', 'targetRef="nowhere"')],
  ['an unknown attribute', fixture('request').replace('wf:assignee', 'wf:asignee')],
  ['an expression that cannot be read', fixture('request').replace('actor.id', 'actor..id')],
])('never throws: %s comes back as findings', async (_what, xml) => {
  const result = await compileProcess(xml)
  expect(result).toEqual({ findings: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) })
})

it.each(modes)('an escalation that does not interrupt is caught as often as it is thrown (%s)', async (mode) => {
  const escalate = '<escalationEventDefinition escalationRef="late"/>'
  const instance = await TestInstance.of(
    bpmnOf(
      {
        nodes: [
          start(),
          sub('block', {
            nodes: [
              start('s'),
              xor('again'),
              task('work'),
              { id: 'up', type: 'intermediateThrowEvent', body: escalate },
              xor('done'),
              end('e'),
            ],
            flows: 's > again; again > work; work > up; up > done; done > e [outcome = "ok"]; done > again default',
          }),
          boundary('raised', 'block', escalate, false, '<wf:set target="record.raised" source="record.raised + 1"/>'),
          end('noted'),
          end(),
        ],
        flows: 'start > block; block > end; raised > noted',
      },
      '<escalation id="late" escalationCode="LATE"/>',
    ),
    { mode, record: { raised: 0 } },
  )
  await instance.start()
  await instance.complete('work', 'again')
  await instance.complete('work', 'again')
  expect((await instance.complete('work', 'ok')).status).toBe('completed')
  expect(instance.record.raised).toBe(3)
})

it('an outcome that the task does not offer is refused', async () => {
  const instance = await TestInstance.of(fixture('t15-multi-instance'), { record: { approvers: ['ana'] } })
  await instance.start()
  expect(await instance.complete('approve', 'maybe')).toMatchObject({ status: 'failed', error: { code: 'outcome' } })
})

it('an inline rule asks its decision table, and an inline function gets the inputs in order', async () => {
  const wf =
    '<wf:input name="a" source="1"/><wf:input name="b" source="2"/><wf:output target="record.RESULT" source="result"/>'
  const instance = await TestInstance.of(
    bpmnOf({
      nodes: [
        start(),
        {
          id: 'rule',
          type: 'businessRuleTask',
          attributes: 'wf:decision="discount" wf:mode="inline"',
          wf: wf.replace('RESULT', 'rule'),
        },
        {
          id: 'pure',
          type: 'serviceTask',
          attributes: 'wf:service="math.add" wf:mode="inline"',
          wf: wf.replace('RESULT', 'sum'),
        },
        task('work'),
        end(),
      ],
      flows: 'start > rule; rule > pure; pure > work; work > end',
    }),
    {
      functions: {
        decide: (key: string, input: object) => ({ key, input }),
        'math.add': (a: number, b: number) => a + b,
      },
    },
  )
  await instance.start()
  expect(instance.record).toMatchObject({ rule: { key: 'discount', input: { a: 1, b: 2 } }, sum: 3 })
})

it('a parallel loop opens all its iterations at once', async () => {
  const approvers = Array.from({ length: 120 }, (_, index) => `person${index}`)
  const instance = await TestInstance.of(fixture('t15-multi-instance'), { record: { approvers } })
  await instance.start()
  expect(instance.last.waits).toHaveLength(120)
})

it.each(modes)('a second token waits before a task that is open (%s)', async (mode) => {
  const { nodes, flows } = {
    nodes: [start(), and('fork'), task('a'), task('b'), xor('merge'), task('c'), end()],
    flows: 'start > fork; fork > a; fork > b; a > merge; b > merge; merge > c; c > end',
  }
  const instance = await TestInstance.of(bpmnOf({ nodes, flows }), { mode })
  await instance.start()
  await instance.complete('a')
  await instance.complete('b')
  expect(instance.open).toEqual(['c'])
  await instance.complete('c')
  expect(instance.open).toEqual(['c'])
  expect((await instance.complete('c')).status).toBe('completed')
})
