import { fixture, TestInstance } from './testInstance.ts'
import { bpmnOf, end, start, task, xor } from './testModel.ts'

const request = (mode?: 'recover' | 'whole' | 'live') =>
  TestInstance.of(fixture('request'), {
    mode,
    stateField: 'state',
    settings: { days: 5 },
    record: { code: 'R-1', owner: 'o1', reviewer: null, state: null },
  })
const owner = { ref: { owner: { name: 'Acme' } } }

describe('advance', () => {
  it('starts, sets the initial state and opens the first task with its data resolved', async () => {
    const instance = await request()
    const { waits, effects, states, recordChanges, visits } = await instance.step({ type: 'start', form: {} }, owner)
    expect(waits).toEqual([
      expect.objectContaining({
        node: 'review',
        kind: 'task',
        assignee: null,
        title: 'Review R-1 of Acme',
        dueAt: new Date('2026-03-09T15:00:00Z'),
        candidates: [{ group: 'reviewers' }, { party: 'o1', entityField: 'record.owner', role: 'owner' }],
      }),
    ])
    expect(states).toEqual([{ node: 'start', value: 'Received' }])
    expect(recordChanges).toEqual({ state: 'Received' })
    expect(visits.map((visit) => `${visit.node} ${visit.event}`)).toEqual([
      ...['start enter', 'start leave', 'f1 leave', 'again enter', 'again leave', 'f2 leave', 'review enter'],
    ])
    expect(effects).toEqual([
      expect.objectContaining({ type: 'notify', template: 'request-received', to: 'starter' }),
      expect.objectContaining({ type: 'schedule-notify', at: new Date('2026-03-06T15:00:00Z'), every: 'P1D' }),
      expect.objectContaining({ type: 'escalate', at: new Date('2026-03-10T15:00:00Z'), candidate: { role: 'boss' } }),
    ])
  })

  it('keeps the data of a wait from step to step under the same execution id', async () => {
    const instance = await request()
    const first = (await instance.step({ type: 'start', form: {} }, owner)).waits
    const second = (await instance.step({ type: 'claim', executionId: first[0]!.executionId })).waits
    expect(second).toEqual(first)
    expect(instance.last.recordChanges).toEqual({ state: 'In review' })
  })

  it('loops on the default flow with the effects of the outcome', async () => {
    const instance = await request()
    await instance.step({ type: 'start', form: {} }, owner)
    const executionId = instance.waitAt('review')
    await instance.step(
      { type: 'complete', executionId, outcome: 'return', form: { reason: 'no' }, claimFirst: true },
      owner,
    )
    expect(instance.log.states).toEqual(['Received', 'In review', 'Returned'])
    expect(instance.record).toMatchObject({ reviewer: 'ana', reason: 'no', state: 'Returned' })
    expect(instance.open).toEqual(['review'])
    expect(instance.last.waits[0]).toMatchObject({ assignee: 'ana' })
    expect(instance.last.waits[0]!.executionId).not.toBe(executionId)
  })

  it('turns an inline record.create into effects whose ids later nodes know', async () => {
    const instance = await request()
    await instance.step({ type: 'start', form: {} }, owner)
    await instance.complete('review', 'approve', { files: ['f1', 'f2'] })
    expect(instance.log.effects.filter((effect) => effect.type === 'record.create')).toEqual([
      { type: 'record.create', node: 'create', entity: 'document', id: 'n1', data: { file: 'f1', request: 'r1' } },
      { type: 'record.create', node: 'create', entity: 'document', id: 'n2', data: { file: 'f2', request: 'r1' } },
    ])
    expect(instance.vars).toEqual({ docs: ['n1', 'n2'] })
    expect(instance.record).toMatchObject({ document: 'n1' })
    expect(instance.open).toEqual(['signA', 'signB'])
  })

  it.each(['recover', 'whole', 'live'] as const)('joins both branches and ends (%s)', async (mode) => {
    const instance = await request(mode)
    await instance.step({ type: 'start', form: {} }, owner)
    await instance.complete('review', 'approve', { files: [] })
    await instance.complete('signB')
    expect(instance.open).toEqual(['signA'])
    const { status, state } = await instance.complete('signA')
    expect([status, state]).toEqual(['completed', null])
    expect(instance.record.state).toBe('Signed')
  })

  it('fails without a half state when an expression fails, and can be tried again', async () => {
    const instance = await request()
    const failed = await instance.step({ type: 'start', form: {} }, { settings: {} })
    expect(failed).toMatchObject({
      status: 'failed',
      state: null,
      recordChanges: {},
      effects: [],
      error: { code: 'expression', node: 'review' },
    })
    expect(await instance.step({ type: 'start', form: {} }, owner)).toMatchObject({ status: 'running' })
  })

  it('refuses a second completion of the same task', async () => {
    const instance = await request()
    await instance.step({ type: 'start', form: {} }, owner)
    const executionId = instance.waitAt('review')
    await instance.complete('review', 'return', {})
    const again = await instance.step({ type: 'complete', executionId, outcome: 'approve', form: {} })
    expect(again).toMatchObject({ status: 'failed', error: { code: 'not-open' } })
    expect(instance.state).not.toBeNull()
  })

  it('reads dates and empty fields by their schemas, and at once what the same step wrote', async () => {
    const xml = bpmnOf(
      {
        nodes: [
          start(),
          task('work', {
            wf: '<wf:set target="record.until" source="today()"/><wf:set target="vars.late" source="record.until &lt; record.limit"/>',
          }),
          xor('way'),
          end('a'),
          end('b'),
        ],
        flows: 'start > work; work > way; way > a [vars.late and record.note = null]; way > b default',
      },
      '',
    ).replace(
      '<startEvent',
      '<extensionElements><wf:variable name="late" type="boolean"/></extensionElements><startEvent',
    )
    const date = { type: 'string', format: 'date' }
    const schemas = { record: { type: 'object', properties: { until: date, limit: date, note: { type: 'string' } } } }
    const instance = await TestInstance.of(xml, { record: { limit: '2026-03-10' } })
    await instance.step({ type: 'start', form: {} }, { schemas })
    const executionId = instance.waitAt('work')
    const { visits, recordChanges, vars } = await instance.step(
      { type: 'complete', executionId, outcome: 'ok', form: {} },
      { schemas },
    )
    expect(recordChanges).toEqual({ until: '2026-03-02' })
    expect(vars).toEqual({ late: true })
    expect(visits.map((visit) => visit.node)).toContain('a')
  })
})
