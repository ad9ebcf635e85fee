import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from '@jest/globals'
import { titledActions } from './auditTitles.ts'

const engine = resolve(import.meta.dirname, '..')

it('gives every action that the engine writes a title for people', () => {
  const written = new Set<string>()
  for (const entry of readdirSync(engine, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/(?<!\.test)\.ts$/.test(entry.name) || entry.parentPath.includes('embedded')) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    if (!text.includes('writeAudit(')) continue
    for (const [, action = ''] of text.matchAll(/(?:action: |note\(ctx, db, |\? |: )'([a-z-]+\.[a-z-]+)'/g))
      written.add(action)
  }
  expect(written.size).toBeGreaterThan(20)
  // Codes of errors look alike; they are never written.
  const codes = ['draft.stale', 'thing.not-found', 'session.required', 'mail.failed', 'second-factor.unavailable']
  expect([...written].filter((action) => !titledActions.has(action) && !codes.includes(action))).toEqual([])
})
