/** Cases that begin at a node, or are moved to another one: by ways that the drawing does not have. */
import { TestInstance } from './testInstance.ts'
import { migrateState } from './migrateState.ts'
import { and, bpmnOf, boundary, end, messageBody, start, sub, task, timerBody, xor } from './testModel.ts'

const effects = (id: string): string =>
  `<wf:set on="enter" target="vars.log" source="string join([vars.log, &quot;+${id}&quot;])"/>` +
  `<wf:set target="vars.log" source="string join([vars.log, &quot;-${id}&quot;])"/>` +
  `<wf:set on="cancel" target="vars.log" source="string join([vars.log, &quot;x${id}&quot;])"/>`
const noted = (id: string) => task(id, { wf: effects(id) })

const xml = bpmnOf(
  {
    nodes: [
      { ...start(), wf: effects('start') },
      noted('ask'),
      sub('room', {
        nodes: [
          start('s'),
          and('fork'),
          noted('left'),
          noted('right'),
          boundary('late', 'left', timerBody('P1D'), true, effects('late')),
          noted('chase'),
          xor('met'),
          and('join'),
          noted('close'),
          end('e'),
        ],
        flows:
          's > fork; fork > left; fork > right; left > met; late > chase; chase > met; met > join; right > join; join > close; close > e',
      }),
      noted('after'),
      end('end'),
      boundary('stopped', 'room', messageBody('stop_m')),
      end('halt'),
    ],
    flows: 'start > ask; ask > room; room > after; after > end; stopped > halt',
  },
  `<message id="stop_m"/>
  <message id="again_m" wf:reopensAt="close"><extensionElements>
    <wf:set target="vars.log" source="string join([vars.log, &quot;!&quot;])"/><wf:setState value="Again"/>
  </extensionElements></message>
  <message id="joined_m" wf:reopensAt="join"/>`,
  'wf:entity="thing" wf:initialState="New"',
)

const load = async (log = ''): Promise<TestInstance> => {
  const instance = await TestInstance.of(xml, { stateField: 'status' })
  instance.vars = { log }
  return instance
}
const move = (instance: TestInstance, node: string, to: string) => {
  const timer = instance.last.timers.find((one) => one.node === node)
  return instance.step({ type: 'move', executionId: timer?.executionId ?? instance.waitAt(node), to })
}

it('begins again inside a sub-process, with what the message does and nothing of the start', async () => {
  const instance = await load('a')
  const result = await instance.step({ type: 'start', form: { reason: 'x' }, reopens: 'again_m' })
  expect(result.status).toBe('running')
  expect(instance.open).toEqual(['close', 'stopped'])
  expect(instance.vars).toEqual({ log: 'a!+close' })
  expect(instance.log.states).toEqual(['Again'])
  expect(instance.log.visits).toEqual(['room:enter', 'close:enter'])
  await instance.complete('close')
  expect(instance.open).toEqual(['after'])
  expect((await instance.complete('after')).status).toBe('completed')
})

it('does not begin where several ways meet', async () => {
  const instance = await load()
  const result = await instance.step({ type: 'start', form: {}, reopens: 'joined_m' })
  expect(result).toMatchObject({ status: 'failed', error: { code: 'state-mismatch', node: 'join' } })
})

it('moves a case on and back; what is left is cancelled and not completed', async () => {
  const instance = await load()
  await instance.start()
  expect((await move(instance, 'ask', 'after')).status).toBe('running')
  expect(instance.open).toEqual(['after'])
  expect(instance.vars.log).toBe('+start-start+askxask+after')
  expect(instance.last.visits.some((visit) => visit.flow)).toBe(false)
  await move(instance, 'after', 'ask')
  expect(instance.open).toEqual(['ask'])
  await instance.complete('ask')
  await instance.complete('right')
  await instance.complete('left')
  await instance.complete('close')
  expect((await instance.complete('after')).status).toBe('completed')
})

it('moves one of two parallel ways, and its timer with it; the other stays', async () => {
  const instance = await load()
  await instance.start()
  await instance.complete('ask')
  expect(instance.open).toEqual(['late@', 'left', 'right', 'stopped'])
  const moved = await move(instance, 'left', 'chase')
  expect(moved.status).toBe('running')
  expect(instance.open).toEqual(['chase', 'right', 'stopped'])
  // The state can be taken up again.
  const taken = migrateState({
    ...{ state: instance.state!, from: instance.definition, to: instance.definition, mapping: {} },
    ...{ vars: instance.vars, now: instance.now, timeZone: 'America/Lima' },
  })
  expect(taken.problem).toBeNull()
  await instance.complete('right')
  await instance.complete('chase')
  await instance.complete('close')
  expect((await instance.complete('after')).status).toBe('completed')
})

it.each([
  ['out of its part of the process', 'left', 'after'],
  ['into a join', 'left', 'join'],
  ['onto the border of a task', 'left', 'late'],
  ['to what does not exist', 'left', 'nowhere'],
])('refuses to move %s, and changes nothing', async (_what, from, to) => {
  const instance = await load()
  await instance.start()
  await instance.complete('ask')
  expect(await move(instance, from, to)).toMatchObject({ status: 'failed', error: { code: 'state-mismatch' } })
  expect(instance.open).toEqual(['late@', 'left', 'right', 'stopped'])
})
