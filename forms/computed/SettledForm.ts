import type { RowMemory } from './RowMemory.ts'
import type { Issue, JsonObject } from '../types.ts'

/**
 * What is happening to the record: decides which frozen values are evaluated now. A field that differs from the
 * saved record has changed, and a state that differs has been entered, without being named.
 */
export type FormEvent = 'create' | 'edit' | { change: string[] } | { enter: string }

export interface SettleOptions {
  /**
   * Fields the person edited (in a page that follows him): their proposals no longer follow. Without it (on the
   * server) a proposal fills only what is absent from a new record; an explicit null means "left empty".
   */
  touched?: readonly string[]
  /** Default: `create` without a saved record, `edit` with one. */
  event?: FormEvent
  /** Keep the values of hidden fields in `value`, in case they come back; `stored` never has them. */
  keepHidden?: boolean
  /** What rows settled to before, in a page that settles at every key. */
  memory?: RowMemory
}

/** A form at rest: everything that follows from the values has followed. Paths are dotted, rows by index. */
export interface SettledForm {
  /**
   * Normalised, with proposals and computed values written (null where one became empty) and hidden values
   * dropped. Includes what is computed only to be read.
   */
  value: JsonObject
  /** The same as it is saved: without nulls, hidden and `read` values. Worked out when it is asked for. */
  readonly stored: JsonObject
  visible: Record<string, boolean>
  required: Record<string, boolean>
  editable: Record<string, boolean>
  /** Field → formula, for "calculated" hints. */
  computedBy: Record<string, string>
  /** References with a value whose row is not in `ref` yet, though some expression reads it. */
  missingRefs: string[]
  /** Expressions that failed: rule `expression`. */
  issues: Issue[]
}
