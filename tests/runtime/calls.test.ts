import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { filesOf, installPack } from '../../engine/packs/index.ts'
import { startCalled } from '../../engine/processes/index.ts'
import { Works } from './worksProduct.ts'

/** Messages, calls between processes, and tasks of several people. */
let works: Works

beforeAll(async () => {
  works = await Works.start()
})
afterAll(async () => {
  await works.stop()
})

const send = async (id: string, name: string) => {
  const { record } = await works.case(id)
  const answer = await works.worker.post(`/api/messages/${name}`, { record })
  await works.product.jobs.wake()
  return answer
}

it('a message finds the case of its record; the quicker of answer and silence wins', async () => {
  const answered = await works.begin('ask')
  const silent = await works.begin('ask')
  expect((await send(answered, 'answer')).status).toBe(200)
  expect(await works.open(answered)).toEqual(['read'])
  expect((await send(answered, 'answer')).status).toBe(409)
  await works.pass(2, 1)
  expect(await works.open(silent)).toEqual(['remind'])
  expect((await send(silent, 'answer')).status).toBe(409)
  await works.complete(silent, 'remind')
  expect(await works.data(silent)).toMatchObject({ status: 'Done' })
})

it('the message at the boundary of the sub-process cancels all inside it', async () => {
  const id = await works.begin('ask')
  expect((await send(id, 'cancel')).status).toBe(200)
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  expect(await works.data(id)).toMatchObject({ status: 'Cancelled' })
  expect(await works.db.timers.find({ instance: id })).toEqual([])
})

it('starts a called process once, however often the call is delivered, and takes its result', async () => {
  const id = await works.begin('parent-pinned')
  const [child, ...more] = await works.called(id)
  expect(more).toEqual([])
  const parent = await works.case(id)
  const call = { process: 'child', binding: 'pinned' as const, record: parent.record!.id, input: {} }
  const again = () => startCalled(works.product.ctx, { parent, executionId: child!.parent!.executionId, call })
  await Promise.all([again(), again(), again()])
  expect(await works.called(id)).toHaveLength(1)
  await works.complete(child!._id, 'help', 'ok')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  expect(await works.data(id)).toMatchObject({ receipt: 'helped', status: 'Done' })
})

it("a child's error goes to the boundary event of the call", async () => {
  const id = await works.begin('parent-pinned')
  const [child] = await works.called(id)
  await works.complete(child!._id, 'help', 'fail')
  expect(await works.open(id)).toEqual(['mend'])
})

it('a parent that is cancelled cancels its child', async () => {
  const id = await works.begin('parent-pinned')
  const [child] = await works.called(id)
  expect((await send(id, 'cancel')).status).toBe(200)
  expect(await works.case(child!._id)).toMatchObject({ status: 'cancelled' })
  expect(await works.open(child!._id)).toEqual([])
})

it('a child that people stop does not leave its caller waiting: it is their problem next', async () => {
  const id = await works.begin('parent-pinned')
  const [child] = await works.called(id)
  const problem = {
    ...{ _id: 'child-problem', instance: child!._id, node: 'help', code: 'service.failed', message: 'down', event: {} },
    ...{ outbox: null, at: new Date('2026-03-02T15:00:00Z'), status: 'open' as const, actor: null, resolution: null },
  }
  await works.db.incidents.insert(problem)
  const body = { action: 'cancel', reason: 'Nobody can help' }
  expect((await works.chief.post(`/api/incidents/${problem._id}/resolve`, body)).status).toBe(200)
  await works.product.jobs.wake()
  expect(await works.case(child!._id)).toMatchObject({ status: 'cancelled' })
  expect(await works.db.incidents.find({ instance: id, status: 'open' })).toMatchObject([
    { code: 'CANCELLED', node: 'child', message: 'Nobody can help' },
  ])
})

it('a call that is delivered after its caller was cancelled starts nothing', async () => {
  const id = await works.begin('parent-pinned')
  const parent = await works.case(id)
  await send(id, 'cancel')
  const call = { process: 'child', binding: 'pinned' as const, record: parent.record!.id, input: {} }
  await startCalled(works.product.ctx, { parent, executionId: 'another', call })
  expect(await works.called(id)).toHaveLength(1)
})

it('two yes of three are enough, one no is a veto', async () => {
  const voters = ['ana', 'beto', 'carla']
  const agreed = await works.begin('poll', { voters })
  expect(await works.open(agreed)).toEqual(['vote', 'vote', 'vote'])
  await works.complete(agreed, 'vote', 'yes')
  expect(await works.open(agreed)).toEqual(['vote', 'vote'])
  await works.complete(agreed, 'vote', 'yes', 1)
  expect(await works.open(agreed)).toEqual([])
  expect(await works.data(agreed)).toMatchObject({ status: 'Done' })
  const vetoed = await works.begin('poll', { voters })
  await works.complete(vetoed, 'vote', 'yes')
  await works.complete(vetoed, 'vote', 'no')
  expect(await works.data(vetoed)).toMatchObject({ status: 'Cancelled' })
  expect(await works.case(vetoed)).toMatchObject({ status: 'completed' })
})

it('a pinned call runs the version of its caller, a latest one the version in force', async () => {
  const { ctx } = works.product
  const version = (await ctx.db.packVersions.findOne({ pack: 'works' }))!
  const files = filesOf(version)
  const file = 'processes/parent-pinned.bpmn'
  const withPause = files[file]!.replace(
    '<userTask id="mend"',
    '<userTask id="extra" name="Extra" wf:form="order.step"><extensionElements><wf:candidate role="worker"/><wf:outcome key="done" label="Done"/></extensionElements><incoming>x1</incoming><outgoing>x2</outgoing></userTask><sequenceFlow id="x1" sourceRef="start" targetRef="extra"/><sequenceFlow id="x2" sourceRef="extra" targetRef="child"/><userTask id="mend"',
  )
  const pausing = (text: string) =>
    text
      .replace(/<sequenceFlow id="start_child"[^>]*\/>/, '')
      .replace(/<(incoming|outgoing)>start_child<\/\1>/g, (_all, way: string) =>
        way === 'outgoing' ? '<outgoing>x1</outgoing>' : '<incoming>x2</incoming>',
      )
  const latest = files['processes/parent-latest.bpmn']!.replace(
    '<userTask id="mend"',
    withPause.slice(withPause.indexOf('<userTask id="extra"'), withPause.indexOf('<userTask id="mend"')) +
      '<userTask id="mend"',
  )
  const second = {
    ...files,
    [file]: pausing(withPause),
    'processes/parent-latest.bpmn': pausing(latest),
  }
  await installPack(ctx, { files: second, origin: 'files' })
  const pinned = await works.begin('parent-pinned')
  const inForce = await works.begin('parent-latest')
  await installPack(ctx, {
    files: { ...second, 'forms/order.step.json': files['forms/order.step.json']!.replace('Step', 'Third') },
    origin: 'files',
  })
  await works.complete(pinned, 'extra')
  await works.complete(inForce, 'extra')
  expect((await works.called(pinned))[0]!.pack.number).toBe(2)
  expect((await works.called(inForce))[0]!.pack.number).toBe(3)
})
