import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedStore, type EmbeddedStore } from '../../engine/persistence/embedded/index.ts'
import { UnifiedRunner, type Outcome } from './unifiedRunner.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
// The data is CC BY-NC-SA and therefore not part of this repository: tests/conformance/README.md says where it is.
const root = process.env.CAUCE_CONFORMANCE ?? ''
const listPath = join(here, 'allowlist.json')
/** Tests that pass, by folder. It may only grow: CAUCE_UPDATE_ALLOWLIST=1 adds what passes now. */
const allowed = JSON.parse(readFileSync(listPath, 'utf8')) as Record<string, string[]>
const folders =
  root !== '' && existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []

if (folders.length === 0) console.warn('CAUCE_CONFORMANCE is not set: the MongoDB specification tests are left out')
const describeWithData = folders.length > 0 ? describe : describe.skip

describeWithData("the MongoDB drivers' specification tests against the embedded store", () => {
  let store: EmbeddedStore
  let admin: MongoClient
  let runner: UnifiedRunner
  const directory = mkdtempSync(join(tmpdir(), 'cauce-conformance-'))
  const skipped = new Map<string, number>()

  beforeAll(async () => {
    store = await startEmbeddedStore({ dataDir: directory, port: 0, auth: false, durable: false, testCommands: true })
    const uri = store.uri.replace('directConnection=true', 'replicaSet=cauce')
    admin = await MongoClient.connect(uri)
    const { version } = await admin.db('admin').command({ buildInfo: 1 })
    runner = new UnifiedRunner(uri, admin, version as string)
  })

  afterAll(async () => {
    await admin.close()
    await store.stop()
    rmSync(directory, { recursive: true, force: true })
    console.info(`skipped, by reason:\n${[...skipped].map(([reason, count]) => `  ${count} ${reason}`).join('\n')}`)
  })

  it.each(folders.length > 0 ? folders : ['no data'])(
    '%s: everything on the allow-list passes',
    async (folder) => {
      const outcomes: Outcome[] = []
      for (const file of readdirSync(join(root, folder), { recursive: true }) as string[])
        if (file.endsWith('.json'))
          outcomes.push(...(await runner.runFile(join(root, folder, file), `${folder}/${file}`)))
      for (const { status, reason } of outcomes)
        if (status === 'skipped') skipped.set(reason, (skipped.get(reason) ?? 0) + 1)
      const passed = outcomes.filter(({ status }) => status === 'passed').map(({ id }) => id)
      const before = allowed[folder] ?? []
      if (process.env.CAUCE_UPDATE_ALLOWLIST) {
        allowed[folder] = [...new Set([...before, ...passed])].sort()
        writeFileSync(listPath, `${JSON.stringify(allowed, null, 2)}\n`)
      }
      const lost = outcomes.filter(({ id, status }) => before.includes(id) && status !== 'passed')
      expect(lost).toEqual([])
      expect(before.filter((id) => !outcomes.some((outcome) => outcome.id === id))).toEqual([])
    },
    120_000,
  )
})
