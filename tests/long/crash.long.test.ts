import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MongoClient, type Db } from 'mongodb'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StoryDefinition } from '#definitions'
import { Cluster } from './Cluster.ts'
import { PatientUser } from './PatientUser.ts'
import { seededRandom } from './seededRandom.ts'
import { traceOf } from './traceOf.ts'
import { walkStory } from './walkStory.ts'

/** How many contracts each case walks (50 by hand), and the seed that repeats a run as far as processes can be. */
const contracts = Number(process.env.CAUCE_ROUNDS ?? 8)
const seed = Number(process.env.CAUCE_SEED ?? Date.now() % 1_000_000)
/** Contracts walked at the same time: most of a walk is waiting for a server to come back. */
const AT_ONCE = Math.min(12, Math.max(6, Math.ceil(contracts / 4)))

const stories = [
  'straight-through',
  'one-round-of-observations',
  'second-round-and-withdrawal',
  'sent-back-from-signature',
].map(storyOf)

interface Disturbance {
  kills: 'servers' | 'store' | 'none'
  /** Share of the mails that the mail server refuses. */
  refuses: number
  jumps: boolean
}

describe(`contracts walked while processes are killed (seed ${seed})`, () => {
  const random = seededRandom(seed)
  const cluster = new Cluster(random)
  const users = new Map<string, PatientUser>()
  const names = new Map<string, string>()
  let client: MongoClient
  let db: Db
  let undisturbed: unknown[]
  /** Cases begun that did not come to their end. */
  let unfinished = 0

  beforeAll(async () => {
    await cluster.start()
    client = new MongoClient(cluster.uri)
    db = client.db()
    for (const [name, company] of [['@altamar', /altamar/i]] as const) {
      const record = await db.collection('records_cliente').findOne({ 'data.razonSocial': company })
      names.set(name, String(record?._id))
    }
    const walked = await walkAll(stories, () => Promise.resolve())
    await settle()
    undisturbed = await Promise.all(walked.map((record) => traceOf(db, record)))
  }, 600_000)
  afterAll(async () => {
    await client.close()
    await cluster.stop(unfinished > 0)
    if (unfinished > 0) console.log(`logs and data: ${cluster.folder}`)
  })

  const cases: [string, Disturbance][] = [
    ['servers killed at random moments', { kills: 'servers', refuses: 0, jumps: false }],
    ['the store killed', { kills: 'store', refuses: 0, jumps: false }],
    ['servers killed and the mail server refusing half', { kills: 'servers', refuses: 0.5, jumps: false }],
    ['servers killed and the clock jumping', { kills: 'servers', refuses: 0, jumps: true }],
  ]
  it.each(cases)('loses nothing and doubles nothing: %s', async (_, disturbance) => {
    unfinished += 1
    PatientUser.failures.clear()
    PatientUser.retries = 0
    const before = cluster.servers[0]!.kills + cluster.servers[1]!.kills + cluster.store.kills
    cluster.post.share = disturbance.refuses
    const wanted = Array.from({ length: contracts }, (_, index) => stories[index % stories.length]!)
    const disturb = new Disturber(disturbance)
    const times = [Date.now()]
    const walked = await walkAll(wanted, () => disturb.gate)
    await disturb.stop()
    times.push(Date.now())
    await settle()
    times.push(Date.now())
    const traces = await Promise.all(walked.map((record) => traceOf(db, record)))
    const kills = cluster.servers[0]!.kills + cluster.servers[1]!.kills + cluster.store.kills - before
    console.log(
      `${walked.length} contracts in ${seconds(times[0], times[1])} s and ${seconds(times[1], times[2])} s until nothing was ` +
        `left to send, ${kills} kills, ${PatientUser.retries} requests sent again, answers of the 500s: ` +
        `${JSON.stringify(Object.fromEntries(PatientUser.failures))}, ${cluster.post.refused} mails refused so far, ` +
        `${[...cluster.post.taken.values()].filter((times) => times > 1).length} sent more than once so far`,
    )
    traces.forEach((trace, index) => expect(trace).toEqual(undisturbed[index % stories.length]))
    const mails = await db.collection('outbox').find({ kind: 'mail' }).project({ _id: 1 }).toArray()
    expect(mails.map(({ _id }) => String(_id)).filter((id) => !cluster.post.taken.has(id))).toEqual([])
    if (disturbance.kills !== 'none') expect(kills).toBeGreaterThan(0)
    unfinished -= 1
  })

  /** Walks the stories, a few at a time, and ends those that a story leaves open. */
  async function walkAll(
    wanted: StoryDefinition[],
    before: () => Promise<void>,
  ): Promise<{ entity: string; id: string }[]> {
    const done: { entity: string; id: string }[] = []
    let next = 0
    const worker = async (): Promise<void> => {
      while (next < wanted.length) {
        const index = next++
        done[index] = await walkStory({ story: wanted[index]!, names, before, user })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    return done
  }

  function user(name: string): PatientUser {
    const known = users.get(name) ?? new PatientUser(cluster, name, random)
    users.set(name, known)
    return known
  }

  /** Waits until nothing is left to send; what is tried again later is made due by the clock. */
  async function settle(): Promise<void> {
    for (let round = 0; ; round++) {
      const left = await db.collection('outbox').countDocuments({ status: 'pending' })
      if (left === 0) return
      if (round > 300) throw new Error(`${left} outbox rows are never done`)
      if (round % 10 === 9) await cluster.jump(31)
      await sleep(300)
    }
  }

  /** Kills and jumps at random moments until stopped. People wait while the clocks of the servers are being moved. */
  class Disturber {
    gate: Promise<void> = Promise.resolve()
    #stopped = false
    readonly #running: Promise<unknown>

    constructor(disturbance: Disturbance) {
      const victims =
        disturbance.kills === 'servers' ? cluster.servers : disturbance.kills === 'store' ? [cluster.store] : []
      this.#running = Promise.all([
        ...victims.map((victim) =>
          this.#again(async () => {
            await victim.kill()
            await victim.start()
          }),
        ),
        ...(disturbance.jumps ? [this.#again(() => (this.gate = cluster.jump(60 * (1 + random() * 72))))] : []),
      ])
    }

    /** A program is up at least as long as it took to start: else the walk would only see it starting. */
    async #again(act: () => Promise<void>): Promise<void> {
      let took = 0
      while (!this.#stopped) {
        await sleep(2000 + random() * 8000 + took)
        if (this.#isStopped()) return
        const began = Date.now()
        await act()
        took = Date.now() - began
      }
    }

    #isStopped(): boolean {
      return this.#stopped
    }

    async stop(): Promise<void> {
      this.#stopped = true
      await this.#running
    }
  }
})

const seconds = (from = 0, to = 0): number => Math.round((to - from) / 1000)

/** A story of the pack; when it leaves its case open, somebody ends it. */
function storyOf(name: string): StoryDefinition {
  const story = JSON.parse(readFileSync(`definitions/fm/stories/${name}.json`, 'utf8')) as StoryDefinition
  if (story.steps.at(-1)?.expect?.ended) return story
  return {
    ...story,
    steps: [...story.steps, { as: 'gerente.fm', message: 'anular', data: { motivo: 'Se deja aquí' } }],
  }
}
