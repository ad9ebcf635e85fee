import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { PackFiles } from '#definitions'
import { filesOf, installPack } from '../../engine/packs/index.ts'
import { Works } from './worksProduct.ts'

const PLAN = 'processes/plan.bpmn'
let works: Works
let files: PackFiles

beforeAll(async () => {
  works = await Works.start()
  files = filesOf((await works.db.packVersions.findOne({ pack: 'works' }))!)
})
afterAll(async () => {
  await works.stop()
})

async function install(change: (xml: string) => string): Promise<number> {
  const text = change(files[PLAN]!)
  expect(text).not.toBe(files[PLAN])
  return (await installPack(works.product.ctx, { files: { ...files, [PLAN]: text }, origin: 'files' })).number
}
const migrate = (body: object, path = '') => works.chief.post(`/api/definitions/works/migrate${path}`, body)
const current = async () => (await works.db.packVersions.findOne({ pack: 'works' }, { sort: { number: -1 } }))!.number
const snapshot = async (id: string) => {
  const { revision, pack, waits, definitionHash } = await works.case(id)
  const tasks = (await works.tasks(id)).map(({ _id, node, pack: version }) => ({ _id, node, version }))
  return { revision, pack, waits, definitionHash, tasks }
}

/** One more task between two others. */
const withReview = (xml: string): string =>
  xml
    .replace(
      '<userTask id="sign"',
      '<userTask id="review" name="Review" wf:form="order.step"><extensionElements><wf:candidate role="worker"/><wf:outcome key="done" label="done"/></extensionElements><incoming>draft_sign</incoming><outgoing>review_sign</outgoing></userTask><sequenceFlow id="review_sign" sourceRef="review" targetRef="sign"/><userTask id="sign"',
    )
    .replace('sourceRef="draft" targetRef="sign"', 'sourceRef="draft" targetRef="review"')
    .replace(/(<userTask id="sign"[\s\S]*?)<incoming>draft_sign</, '$1<incoming>review_sign<')
/** The first task under another id. */
const renamed = (xml: string): string =>
  xml.replace('<userTask id="draft"', '<userTask id="write"').replace(/(source|target)Ref="draft"/g, '$1Ref="write"')

it('a case goes on in a version with one more task ahead of it, and back', async () => {
  const id = await works.begin('plan')
  const before = await snapshot(id)
  const to = await install(withReview)
  const from = before.pack.number
  expect((await works.worker.post('/api/definitions/works/migrate', { from, to })).status).toBe(403)
  expect((await migrate({ from, to: 99 })).status).toBe(404)

  const tried = await migrate({ from, to, dryRun: true })
  expect(tried).toMatchObject({ status: 200, body: { moved: [{ instance: id, process: 'plan' }], blocked: [] } })
  expect(await snapshot(id)).toEqual(before)

  expect((await migrate({ from, to })).body.moved).toHaveLength(1)
  expect(await works.case(id)).toMatchObject({ pack: { number: to } })
  expect((await migrate({ from, to }, '/undo')).body.moved).toHaveLength(1)
  const back = await snapshot(id)
  expect({ ...back, revision: before.revision }).toEqual(before)

  await migrate({ from, to })
  await works.complete(id, 'draft')
  expect(await works.open(id)).toEqual(['review'])
  // It has gone on: going back would undo what a person did.
  expect((await migrate({ from, to }, '/undo')).body).toMatchObject({ moved: [], blocked: [{ instance: id }] })
  await works.complete(id, 'review')
  await works.complete(id, 'sign')
  expect(await works.case(id)).toMatchObject({ status: 'completed' })
  expect((await works.db.audit.find({ instance: id, action: 'process.migrated' })).map((row) => row.details)).toEqual([
    { from, to, mapping: {} },
    { from, to, mapping: {} },
  ])
  expect(await works.db.audit.find({ instance: id, action: 'process.migration-undone' })).toHaveLength(1)
})

it('refuses to strand a case where its task is gone, and moves it when told what the task is now', async () => {
  await install((xml) => xml.replace('name="Plan"', 'name="The plan"'))
  const from = await current()
  const id = await works.begin('plan')
  const other = await works.begin('plan')
  await works.complete(other, 'draft')
  const [before, otherBefore] = [await snapshot(id), await snapshot(other)]
  const to = await install(renamed)

  const refused = await migrate({ from, to })
  expect(refused.body).toMatchObject({ moved: [], blocked: [{ instance: id, node: 'draft' }] })
  expect(refused.body.blocked[0].message).toContain('Draft')
  // Nor is the one that could go on.
  expect([await snapshot(id), await snapshot(other)]).toEqual([before, otherBefore])
  // A step of another kind is no place for it.
  expect((await migrate({ from, to, mapping: { draft: 'end' } })).body.blocked).toHaveLength(1)

  const moved = await migrate({ from, to, mapping: { draft: 'write' } })
  expect(moved.body.blocked).toEqual([])
  expect(moved.body.moved).toHaveLength(2)
  expect(await works.open(id)).toEqual(['write'])
  expect((await migrate({ from, to }, '/undo')).body.moved).toHaveLength(2)
  expect(await works.open(id)).toEqual(['draft'])
  await migrate({ from, to, mapping: { draft: 'write' } })
  await works.complete(id, 'write')
  await works.complete(id, 'sign')
  await works.complete(other, 'sign')
  for (const one of [id, other]) expect(await works.case(one)).toMatchObject({ status: 'completed' })
})

it('a case that waits inside a sub-process for a message or a timer goes on there in the next version', async () => {
  const ASK = 'processes/ask.bpmn'
  const from = await current()
  const id = await works.begin('ask')
  const late = await works.begin('ask')
  const { number: to } = await installPack(works.product.ctx, {
    files: { ...files, [ASK]: files[ASK]!.replaceAll('"race"', '"choice"').replaceAll('"silence"', '"quiet"') },
    origin: 'files',
  })
  expect((await migrate({ from, to, dryRun: true })).body.blocked).toHaveLength(2)
  const moved = await migrate({ from, to, mapping: { race: 'choice', silence: 'quiet' } })
  expect(moved.body).toMatchObject({ blocked: [] })
  expect((await works.db.timers.find({ instance: late })).map((timer) => timer.node)).toEqual(['quiet'])
  const { record } = await works.case(id)
  expect((await works.worker.post('/api/messages/answer', { record })).status).toBe(200)
  expect(await works.open(id)).toEqual(['read'])
  await works.pass(2, 1)
  expect(await works.open(late)).toEqual(['remind'])
  for (const [one, node] of [
    [id, 'read'],
    [late, 'remind'],
  ] as const) {
    await works.complete(one, node)
    expect(await works.data(one)).toMatchObject({ status: 'Done' })
  }
})
