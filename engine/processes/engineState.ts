import { gunzipSync, gzipSync } from 'node:zlib'
import type { EngineState } from '../bpmn/index.ts'

/** The engine's state as it is stored: JSON, compressed (about 1.3 KB for a waiting case). */
export const packState = (state: EngineState): Buffer => gzipSync(JSON.stringify(state), { level: 3 })

/** The engine's state of a case; null when it has ended. */
export function unpackState(stored: unknown): EngineState | null {
  if (!stored) return null
  const bytes = Buffer.isBuffer(stored) ? stored : Buffer.from((stored as { buffer: Uint8Array }).buffer)
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as EngineState
}
