import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { StoryDefinition } from '#definitions'
import { startEmbeddedStore, type EmbeddedStore } from '../../engine/persistence/embedded/index.ts'
import { DEMO_PASSWORD, loadDemo, runStory } from '../../engine/rehearsal/index.ts'
import { packsOf } from '../../engine/packs/index.ts'
import { CommandRelay } from '../setup/CommandRelay.ts'
import { documentedSubset } from '../setup/documentedSubset.ts'
import { operatorsOf, type Place } from '../setup/operatorsOf.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/**
 * Whatever the product asks of its database stands in the table of the embedded store's README. Heard on the wire
 * while every story of both packs is played and the lists are asked for with every filter and order there is.
 */
const used = new Map<Place, Set<string>>()
const directory = mkdtempSync(join(tmpdir(), 'cauce-subset-'))
let store: EmbeddedStore

beforeAll(async () => {
  store = await startEmbeddedStore({ dataDir: directory, durable: false })
})

afterAll(async () => {
  await store.stop()
  rmSync(directory, { recursive: true, force: true })
})

const note = (place: Place, name: string): void => {
  const names = used.get(place) ?? new Set()
  used.set(place, names.add(name))
}

describe.each([
  { name: 'fm', packsDir: resolve('definitions') },
  { name: 'toy', packsDir: resolve('tests') },
])('the queries of $name', ({ name, packsDir }) => {
  it('are all understood by the embedded store, as its README says', async () => {
    used.clear()
    const relay = await CommandRelay.open(store.uri, (command) => {
      operatorsOf(command, note)
    })
    const product = await startProduct({
      packs: [name],
      packsDir,
      demo: 'none',
      environment: { MONGODB_URI: relay.uri.replace('/relayed', `/${name}`) },
    })
    try {
      const [installed] = await packsOf(product.ctx).all(product.ctx)
      const { users = [] } = installed!.pack.demo
      const names = await loadDemo(product.ctx, installed!.pack, { play: false })
      const domain = users[0]!.email.split('@')[1]!
      for (const file of readdirSync(join(packsDir, name, 'stories')).filter((entry) => entry.endsWith('.json')))
        await runStory(
          product.ctx,
          JSON.parse(readFileSync(join(packsDir, name, 'stories', file), 'utf8')) as StoryDefinition,
          { domain, names: new Map(names), password: DEMO_PASSWORD, wake: () => product.jobs.wake() },
        )
      for (const { email, front } of await product.ctx.db.users.find({
        email: { $in: users.map(({ email }) => email) },
      }))
        await walkLists(await signIn(front === 'portal' ? product.portalUrl : product.staffUrl, email))
    } finally {
      await product.stop()
      relay.close()
    }
    const documented = documentedSubset()
    const unknown = [...used].flatMap(([place, found]) =>
      [...found].filter((one) => !documented.get(place)?.has(one)).map((one) => `${place}: ${one}`),
    )
    expect(unknown.sort()).toEqual([])
    // The walk has not been in vain.
    expect([...used.get('Commands')!]).toEqual(expect.arrayContaining(['find', 'update', 'aggregate', 'createIndexes']))
    expect([...used.get('Filters')!].length).toBeGreaterThan(8)
  }, 600_000)
})

/** Every list of a front with every filter and order, then every page that is about one thing. */
async function walkLists(visitor: Visitor): Promise<void> {
  const entities = ((await visitor.get('/api/entities')).body.items ?? []) as { name: string }[]
  for (const { name } of entities) {
    const list = `/api/records/${name}`
    const { body } = await visitor.get(`${list}?q=a&page=1&size=5`)
    const [first] = (body.items ?? []) as { id: string }[]
    const form = (await visitor.get(`/api/entities/${name}`)).body.form as { schema?: { properties?: object } }
    for (const property of Object.keys(form.schema?.properties ?? {}))
      for (const query of [`filter.${property}=a`, `sort=${property}`, `sort=-${property}`])
        await visitor.get(`${list}?${query}&size=5`)
    if (first) for (const part of ['', '/history', '/files', '/audit']) await visitor.get(`${list}/${first.id}${part}`)
  }
  const paths = Object.entries((await visitor.get('/api/openapi.json')).body.paths as Record<string, object>)
  for (const [path, methods] of paths)
    if ('get' in methods && !path.includes('{')) {
      await visitor.get(path)
      await visitor.get(`${path}?q=a&status=open&page=2&size=5&tab=group&from=2026-01-01&to=2026-12-31`)
    }
}
