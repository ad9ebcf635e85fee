import { expect } from '@jest/globals'
import type { Visitor } from './Visitor.ts'

/** Saves a tab of Configuración of the pack fm with these values changed. */
export async function changeSettings(visitor: Visitor, tab: string, changes: Record<string, unknown>): Promise<void> {
  const tabs = (await visitor.get('/api/settings')).body as { tab: string; revision: number; data: object }[]
  const { revision = 0, data = {} } = tabs.find((one) => one.tab === tab) ?? {}
  const headers = { 'if-match': `"${revision}"` }
  const saved = await visitor.put(`/api/settings/fm/${tab}`, { data: { ...data, ...changes } }, { headers })
  expect({ tab, status: saved.status, issues: saved.body.issues }).toEqual({ tab, status: 200, issues: undefined })
}
