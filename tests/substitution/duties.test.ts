import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../http/harness.ts'

/** Where duties are separated, a substitution mixes two people, and both count. */
describe('duties and substitutes', () => {
  let product: Running
  const people: Record<string, Visitor> = {}
  const ids: Record<string, string> = {}
  const day = '2026-03-02'

  beforeAll(async () => {
    const packsDir = resolve(import.meta.dirname, 'packs')
    product = await startProduct({ packs: ['board'], packsDir })
    product.clock!.freeze(new Date(`${day}T15:00:00Z`))
    for (const name of ['ana', 'beto', 'carla', 'dora']) {
      people[name] = await signIn(product.staffUrl, `${name}@board.example`)
      ids[name] = (await people[name].get('/api/session')).body.user.id as string
    }
  }, 120_000)
  afterAll(() => product.stop())

  const standIn = async (absent: string, substitute: string): Promise<() => Promise<void>> => {
    const answer = await people[absent]!.post('/api/substitutions', { substitute: ids[substitute], from: day, to: day })
    expect(answer.status).toBe(201)
    return async () => void (await people[absent]!.delete(`/api/substitutions/${answer.body.id}`))
  }
  const move = async (who: string, voters: string[]): Promise<string> => {
    const data = { subject: `By ${who}`, voters: voters.map((name) => ids[name]) }
    const answer = await people[who]!.post('/api/processes/decide/instances', { data })
    expect({ status: answer.status, issues: answer.body.issues }).toEqual({ status: 201, issues: undefined })
    return answer.body.instance.id as string
  }
  const open = (instance: string, node: string) =>
    product.ctx.db.tasks.find({ instance, node, status: 'open' }, { sort: { _id: 1 } })
  const finish = async (who: string, task: string, outcome: string): Promise<number> =>
    (await people[who]!.post(`/api/tasks/${task}/complete`, { outcome, data: {} })).status
  const voteOf = async (instance: string, of: string): Promise<string> =>
    (await open(instance, 'vote')).find((task) => task.candidates.includes(`user:${ids[of]}`))?._id ?? ''
  const signature = async (instance: string): Promise<string> => (await open(instance, 'sign'))[0]?._id ?? ''

  it('nobody votes twice, for himself and for another', async () => {
    const back = await standIn('beto', 'carla')
    const motion = await move('ana', ['beto', 'carla'])
    const [ofBeto, ofCarla] = [await voteOf(motion, 'beto'), await voteOf(motion, 'carla')]
    expect(await finish('carla', ofCarla, 'yes')).toBe(200)
    expect(await finish('carla', ofBeto, 'yes')).toBe(403)
    expect(await finish('beto', ofBeto, 'yes')).toBe(200)
    await back()
  })

  it('nor the other way round, nor for two absent people', async () => {
    const back = [await standIn('beto', 'dora'), await standIn('carla', 'dora'), await standIn('ana', 'carla')]
    const motion = await move('ana', ['beto', 'carla', 'ana'])
    const votes = {
      beto: await voteOf(motion, 'beto'),
      carla: await voteOf(motion, 'carla'),
      ana: await voteOf(motion, 'ana'),
    }
    expect(await finish('dora', votes.beto, 'yes')).toBe(200)
    expect(await finish('dora', votes.carla, 'yes')).toBe(403)
    expect(await finish('carla', votes.ana, 'yes')).toBe(200)
    expect(await finish('carla', votes.carla, 'yes')).toBe(403)
    for (const end of back) await end()
  })

  it('who began the case or took part does not sign, as himself or as a substitute, nor does his substitute', async () => {
    const motion = await move('beto', ['ana'])
    expect(await finish('ana', await voteOf(motion, 'ana'), 'yes')).toBe(200)
    const task = await signature(motion)
    expect(await finish('beto', task, 'done')).toBe(403)
    // Beto in Carla's place: Carla could, Beto began it.
    let back = await standIn('carla', 'beto')
    expect(await finish('beto', task, 'done')).toBe(403)
    await back()
    // Dora in Beto's place: Beto could not.
    back = await standIn('beto', 'dora')
    expect(await finish('dora', task, 'done')).toBe(403)
    await back()
    // Ana voted, and stands in for Carla.
    back = await standIn('carla', 'ana')
    expect(await finish('ana', task, 'done')).toBe(403)
    await back()
    // In both places: the way that is open is taken.
    const other = await standIn('beto', 'dora')
    back = await standIn('carla', 'dora')
    expect(await finish('dora', task, 'done')).toBe(200)
    expect(await product.ctx.db.tasks.get(task)).toMatchObject({ completedBy: ids.dora, completedFor: ids.carla })
    await back()
    await other()
  })
})
