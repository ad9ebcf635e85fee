import type { Json, JsonObject } from '#forms'
import type { TokenFacts } from './tokens.ts'
import type { Wait } from './types.ts'

/** Layout of what this code saves. */
export const stateVersion = 1

/** What `EngineState` holds between two steps. The definition is not in it: it comes with each step. */
export interface SavedState {
  /** `stateVersion` of the code that saved it. */
  version: number
  /** `CompiledProcess.hash` of the version the state belongs to. */
  hash: string
  /** The state of bpmn-elements' definition. */
  engine: JsonObject
  tokens: { facts: Record<string, TokenFacts>; next: number }
  /** Open waits with the data resolved when they were opened, by execution id. `dueAt` as ISO text. */
  waits: Record<string, SavedWait>
  timers: Record<string, SavedTimer>
  /** Open jobs: execution id → node. */
  jobs: Record<string, string>
  /** What multi-instance activities run over, decided when they began: execution id → list or number. */
  loops: Record<string, Json>
}
export type SavedWait = Omit<Wait, 'dueAt'> & { dueAt: string | null }
export interface SavedTimer {
  node: string
  dueAt: string
  /** How often it still fires; null: once; -1: for ever. */
  repeat: number | null
}
