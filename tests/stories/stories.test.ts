import { afterAll, beforeAll, describe, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { StoryDefinition } from '#definitions'
import { contextOf, DEMO_PASSWORD, loadDemo, runStory } from '../../engine/rehearsal/index.ts'
import type { Running } from '../../engine/main.ts'
import { packsOf } from '../../engine/packs/index.ts'
import { startProduct } from '../setup/startProduct.ts'

const packs = [
  { name: 'fm', packsDir: resolve('definitions') },
  { name: 'toy', packsDir: resolve('tests') },
]

/** A story is data and runs as a test: its name carries the requirements that it covers. */
describe.each(packs)('stories of $name', ({ name, packsDir }) => {
  let product: Running
  let names: Map<string, string>
  let domain: string

  beforeAll(async () => {
    product = await startProduct({ packs: [name], packsDir, demo: 'none' })
    const [installed] = await packsOf(product.ctx).all(product.ctx)
    if (!installed) throw new Error('no pack')
    names = await loadDemo(product.ctx, installed.pack, { play: false })
    domain = installed.pack.demo.users?.[0]?.email.split('@')[1] ?? ''
    await contextOf(product.ctx, installed.pack.demo.users?.[0]?.email.split('@')[0] ?? '', domain)
  })
  afterAll(async () => {
    await product.stop()
  })

  for (const { title, story } of storiesIn(join(packsDir, name, 'stories'))) {
    it(title, async () => {
      await runStory(product.ctx, story, {
        domain,
        names: new Map(names),
        password: DEMO_PASSWORD,
        wake: () => product.jobs.wake(),
      })
    })
  }
})

function storiesIn(directory: string): { title: string; story: StoryDefinition }[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const story = JSON.parse(readFileSync(join(directory, file), 'utf8')) as StoryDefinition
      return { title: [...(story.covers ?? []).map((id) => `[${id}]`), story.title].join(' '), story }
    })
}
