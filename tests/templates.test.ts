import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parsePack, readPackFiles } from '#definitions/pack'
import { renderTemplate } from '../engine/notify/index.ts'

const root = resolve(import.meta.dirname, '..')
const packs = readdirSync(`${root}/definitions`)
  .filter((name) => name !== 'format')
  .map((name) => `definitions/${name}`)

describe.each([...packs, 'tests/toy'])('the templates of %s', (folder) => {
  it('render, also when every fact is empty', async () => {
    const { pack } = parsePack(await readPackFiles(`${root}/${folder}`))
    for (const [name, template] of Object.entries(pack?.templates ?? {})) {
      const { subject, text } = renderTemplate(
        template,
        {
          record: {},
          ref: {},
          form: {},
          task: null,
          actor: {},
          settings: {},
          vars: {},
          recipient: { name: 'Rosa', email: 'rosa@demo.pe', front: 'staff' },
        },
        {
          recordUrl: 'http://x/r/a/1',
          taskUrl: null,
          timeZone: 'America/Lima',
          brand: 'Cauce',
          texts: pack?.texts.es ?? {},
        },
      )
      expect({ name, subject: subject !== '', text: text !== '' }).toEqual({ name, subject: true, text: true })
      expect(`${subject}${text}`).not.toMatch(/\[object |undefined|null|\{\{/)
    }
  })
})
