/**
 * Each trap of bpmn-elements 17.3 that a test of ours met, with its own .bpmn. "Recover" means that the instance is
 * taken up from its saved state before every step, as in production.
 */
import { compileProcess } from './compileProcess.ts'
import { fixture, TestInstance } from './testInstance.ts'

const modes = ['recover', 'whole', 'live'] as const
const findingsOf = async (name: string) => {
  const result = await compileProcess(fixture(name))
  return 'findings' in result ? result.findings : []
}

describe.each(modes)('%s', (mode) => {
  const load = (name: string, options: TestInstance['options'] = {}) =>
    TestInstance.of(fixture(name), { ...options, mode })

  it('T1: a join waits for a branch with an exclusive diamond, whichever way it takes', async () => {
    const instance = await load('t01-lost-token')
    instance.vars = { way: 'b' }
    await instance.start()
    expect(instance.open).toEqual(['a', 'b'])
    await instance.complete('a')
    expect(instance.open).toEqual(['b'])
    await instance.complete('b')
    expect(instance.open).toEqual(['after'])
    expect((await instance.complete('after')).status).toBe('completed')
  })

  it('T2: twelve diamonds in a row cost twelve diamonds, not 2^12', async () => {
    const instance = await load('t02-diamonds')
    await instance.start()
    const began = performance.now()
    const { status, visits } = await instance.complete('first', 'x')
    expect(status).toBe('completed')
    expect(visits.filter((visit) => visit.event === 'enter' && /^[xy]/.test(visit.node))).toHaveLength(12)
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('T3: an error end event reached from a task is caught around its sub-process', async () => {
    const instance = await load('t03-error-end')
    await instance.start()
    await instance.complete('sign', 'refuse')
    expect(instance.open).toEqual(['again'])
    expect((await instance.complete('again')).status).toBe('completed')
  })

  it('T3: an escalation thrown behind a task is caught without interrupting', async () => {
    const instance = await load('t03-escalation-end')
    await instance.start()
    await instance.complete('work')
    expect(instance.open).toEqual(['boss', 'more'])
    await instance.complete('more')
    expect((await instance.complete('boss')).status).toBe('completed')
  })

  it('T3: a compensation thrown behind a task runs its handler', async () => {
    const instance = await load('t03-compensation')
    await instance.start()
    await instance.complete('book')
    expect(instance.open).toEqual(['pay'])
    await instance.complete('pay')
    expect(instance.open).toEqual(['cancelBooking', 'tell'])
    await instance.complete('cancelBooking')
    expect((await instance.complete('tell')).status).toBe('completed')
  })

  it('T4: the execution id of an earlier round does not complete the task of this round', async () => {
    const instance = await load('t04-loop')
    await instance.start()
    const stale = instance.waitAt('work')
    await instance.complete('work', 'again')
    const state = instance.state
    const result = await instance.step({ type: 'complete', executionId: stale, outcome: 'ok', form: {} })
    expect(result).toMatchObject({ status: 'failed', error: { code: 'not-open' } })
    expect(instance.state).toBe(state)
    const unknown = await instance.step({ type: 'complete', executionId: 'work', outcome: 'ok', form: {} })
    expect(unknown).toMatchObject({ status: 'failed', error: { code: 'not-open' } })
    expect((await instance.complete('work', 'ok')).status).toBe('completed')
  })

  it('T5: an overdue timer does not fire while a person is quicker, and never by itself', async () => {
    const instance = await load('t05-timers')
    await instance.start()
    instance.now = new Date('2027-01-01T00:00:00Z')
    const { status, visits } = await instance.complete('work')
    expect(status).toBe('completed')
    expect(visits.map((visit) => visit.node)).toEqual(['work', 'work_end', 'end', 'end'])
  })

  it('T5: thirty days are armed, do not move, and a repetition counts down from the injected clock', async () => {
    const instance = await load('t05-timers')
    await instance.start()
    const dueAt = (node: string) => instance.last.timers.find((timer) => timer.node === node)?.dueAt.toISOString()
    expect(dueAt('expire')).toBe('2026-04-01T15:00:00.000Z')
    expect(dueAt('remind')).toBe('2026-03-02T16:00:00.000Z')
    await instance.fire('remind')
    expect(dueAt('remind')).toBe('2026-03-02T17:00:00.000Z')
    await instance.fire('remind')
    await instance.fire('remind')
    expect(instance.open).toEqual(['expire@', 'work'])
    expect(instance.log.visits.filter((visit) => visit === 'reminded:enter')).toHaveLength(3)
    expect(dueAt('expire')).toBe('2026-04-01T15:00:00.000Z')
    await instance.fire('expire')
    expect(instance.open).toEqual(['late'])
  })

  it('T5: a timer whose expression gives nothing fails the step instead of firing at once', async () => {
    const instance = await load('t05-empty-timer', { record: { limit: null } })
    expect(await instance.start()).toMatchObject({ status: 'failed', error: { code: 'expression', node: 'expire' } })
    if (mode === 'live') return
    instance.record.limit = '2026-05-01'
    await instance.start()
    // A day ends at its last second in Lima.
    expect(instance.last.timers[0]!.dueAt).toEqual(new Date('2026-05-02T04:59:59Z'))
  })

  it('T5: a timer takes a duration, a date or FEEL', async () => {
    const instance = await load('t05-timer-kinds', { settings: { span: 'PT90M' } })
    await instance.start()
    expect(instance.last.timers[0]!.dueAt).toEqual(new Date('2026-03-05T15:00:00Z'))
    await instance.fire('wait')
    expect(instance.last.timers[0]!.dueAt).toEqual(new Date('2026-04-02T04:59:59Z'))
    await instance.fire('until')
    expect(instance.last.timers[0]!.dueAt).toEqual(new Date('2026-04-02T06:29:59Z'))
    expect((await instance.fire('span')).status).toBe('completed')
  })

  it('T7: a message boundary around a sub-process cancels all that is open in it', async () => {
    const instance = await load('t07-cancel')
    await instance.start()
    await instance.complete('a')
    const { status, states, visits } = await instance.message('cancel', { reason: 'changed my mind' })
    expect(status).toBe('completed')
    expect(states.map((state) => state.value)).toEqual(['Cancelling', 'Cancelled'])
    expect(instance.record.reason).toBe('changed my mind')
    expect(visits.filter((visit) => visit.cancelled).map((visit) => visit.node)).toEqual(['b', 'all'])
  })

  it('T8: instances share nothing, whatever was left in them', async () => {
    const one = await load('t09-values')
    const two = new TestInstance(one.definition, { mode })
    await one.start()
    await two.start()
    await one.complete('work', 'ok', { text: 'of one' })
    await two.complete('work', 'ok', { text: 'of two' })
    expect(JSON.stringify(one.state)).not.toContain('of two')
    expect(JSON.stringify(two.state)).not.toContain('of one')
    expect([one.vars.copy, two.vars.copy]).toEqual(['of one', 'of two'])
  })

  it('T9: text that looks like an expression stays text', async () => {
    const text = '${environment.services.pay()} {1 + 1} #{x}'
    const instance = await load('t09-values', { record: { text } })
    await instance.start()
    expect(instance.last.waits[0]!.title).toBe(text)
    await instance.complete('work', 'ok', { text })
    expect(instance.vars.copy).toBe(text)
    expect(instance.last.waits[0]!.title).toBe('${1+1}')
  })

  it.each([
    ['t09-undefined', {}],
    ['t09-null', { total: null }],
    ['t09-null', { total: '100' }],
  ])(
    'T9: a condition without an answer fails the step instead of choosing the default (%s %p)',
    async (name, record) => {
      const instance = await load(name, { record })
      await instance.start()
      expect(await instance.complete('work')).toMatchObject({ status: 'failed', error: { code: 'expression' } })
      expect(instance.state).not.toBeNull()
    },
  )

  it('T11: a business error goes to its boundary, any other is an incident that changes nothing', async () => {
    const instance = await load('t11-service-error', { record: { total: '10' } })
    await instance.start()
    const { executionId } = instance.last.jobs[0]!
    const state = instance.state
    const incident = await instance.step({ type: 'job', executionId, error: { code: 'TIMEOUT', message: 'no answer' } })
    expect(incident).toMatchObject({ status: 'failed', error: { code: 'TIMEOUT', message: 'no answer' } })
    if (mode === 'live') return // A live definition is lost after an incident: the reason for saving between steps.
    expect(instance.state).toBe(state)
    await instance.step({ type: 'job', executionId, error: { code: 'NO_FUNDS', message: 'poor' } })
    expect(instance.open).toEqual(['repair'])
  })

  it('T12: waits, timers, calls and jobs are listed again with the same ids; a job is requested once', async () => {
    const instance = await load('t12-many-waits', { record: { child: 'k1' } })
    await instance.start()
    expect(instance.last.jobs).toHaveLength(1)
    const ids = () => [...instance.last.waits, ...instance.last.timers].map((entry) => entry.executionId).sort()
    const before = { ids: ids(), jobs: instance.last.openJobs, waits: instance.last.waits }
    await instance.step({ type: 'claim', executionId: instance.waitAt('a') })
    expect(instance.last.jobs).toEqual([])
    expect({ ids: ids(), jobs: instance.last.openJobs, waits: instance.last.waits }).toEqual(before)
    await instance.complete('a')
    await instance.job(before.jobs[0]!, null)
    await instance.job(instance.waitAt('called'), null)
    await instance.message('note_m')
    expect((await instance.fire('timer')).status).toBe('completed')
  })

  it('T13: the state is taken when the step has settled: a service behind a wait of another branch runs once', async () => {
    const instance = await load('t13-half-step')
    const created = () => instance.last.effects.filter((effect) => effect.type === 'record.create').length
    await instance.start()
    expect({ open: instance.open, created: created() }).toEqual({ open: ['a', 'b'], created: 1 })
    await instance.complete('a')
    expect({ open: instance.open, created: created() }).toEqual({ open: ['b'], created: 0 })
    await instance.complete('b')
    expect({ status: instance.last.status, created: created() }).toEqual({ status: 'completed', created: 0 })
  })

  it('T12: a state says no more after ten idle recoveries than after one', async () => {
    const instance = await load('t12-many-waits', { record: { child: 'k1' } })
    await instance.start()
    const sizes: number[] = []
    for (let round = 0; round < 10; round++) {
      await instance.step({ type: 'claim', executionId: instance.waitAt('a') })
      sizes.push(JSON.stringify(instance.state).length)
    }
    expect(sizes[9]).toBe(sizes[1])
  })

  it('T15: a multi-instance task makes one wait per element and stops when its condition is met', async () => {
    const instance = await load('t15-multi-instance', { record: { approvers: ['ana', 'beto', 'caro'] } })
    await instance.start()
    expect(instance.last.waits.map(({ element, index, candidates }) => ({ element, index, candidates }))).toEqual([
      { element: 'ana', index: 0, candidates: [{ user: 'ana' }] },
      { element: 'beto', index: 1, candidates: [{ user: 'beto' }] },
      { element: 'caro', index: 2, candidates: [{ user: 'caro' }] },
    ])
    await instance.complete('approve', 'yes', {}, 1)
    expect(instance.open).toEqual(['approve', 'approve'])
    // The list is what it was when the loop began, whatever happens to the record.
    instance.record.approvers = ['ana']
    const { status, visits } = await instance.complete('approve', 'no', {}, 1)
    expect(status).toBe('completed')
    expect(visits.map((visit) => visit.node)).toContain('rejected')
  })

  it('T15: all answers given, the results are known after the loop', async () => {
    const instance = await load('t15-multi-instance', { record: { approvers: ['ana', 'beto'] } })
    await instance.start()
    await instance.complete('approve', 'yes')
    const { status, visits } = await instance.complete('approve', 'yes')
    expect(status).toBe('completed')
    expect(visits.map((visit) => visit.node)).not.toContain('rejected')
  })

  it('T15: a sequential loop opens one after the other; an empty one passes', async () => {
    const instance = await load('t15-sequential', { record: { approvers: ['ana', 'beto'] } })
    await instance.start()
    expect(instance.last.waits).toMatchObject([{ element: 'ana', index: 0, candidates: [{ user: 'ana' }] }])
    await instance.complete('approve')
    expect(instance.record.last).toBe('ana')
    expect(instance.last.waits).toMatchObject([{ element: 'beto', index: 1 }])
    expect((await instance.complete('approve')).status).toBe('completed')
    const empty = await load('t15-sequential', { record: { approvers: [] } })
    expect((await empty.start()).status).toBe('completed')
  })

  it('runs at most 200 nodes in one step: a loop that waits for nobody is an incident', async () => {
    const instance = await load('passing-loop')
    instance.vars = { never: false }
    await instance.start()
    expect(await instance.complete('go')).toMatchObject({ status: 'failed', error: { code: 'too-long' } })
  })

  it('says that a token is lost when a join can never complete', async () => {
    const instance = await load('stuck')
    await instance.start()
    await instance.complete('way', 'a')
    expect(await instance.complete('a')).toMatchObject({ status: 'failed', error: { code: 'token-lost' } })
  })

  it('says which gateway has no way out', async () => {
    const instance = await load('no-way-out')
    await instance.start()
    expect(await instance.complete('work', 'c')).toMatchObject({
      status: 'failed',
      error: { code: 'no-flow', node: 'way' },
    })
  })
})

it.each([
  ['T6', 't06-inclusive', ['or', 'complex']],
  ['T7', 't07-event-subprocess', ['withdraw']],
  ['T10', 't10-script', ['code']],
  ['T16', 't16-implementation', ['call', 'call']],
  ['T17', 't17-conditional', ['when']],
])('%s: %s is refused with the element and a reason', async (_trap, name, elements) => {
  const findings = await findingsOf(name)
  expect(findings.map((finding) => finding.at)).toEqual(elements)
  for (const finding of findings)
    expect(finding).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(/\S/),
      cure: expect.stringMatching(/\S/),
    })
})
