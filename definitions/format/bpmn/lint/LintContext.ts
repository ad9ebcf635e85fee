import type { ExpressionScope } from '#forms'
import type { ProcessModel } from '../processModel.ts'

/**
 * What the rules know of the world around one process. What is left out is not checked: the studio can lint a drawing
 * on its own, the pack check gives everything.
 */
export interface LintContext {
  /** Name of the file that findings carry. */
  file?: string
  forms?: Iterable<string>
  templates?: Iterable<string>
  roles?: Iterable<string>
  groups?: Iterable<string>
  processes?: Iterable<string>
  entities?: Iterable<string>
  decisions?: Iterable<string>
  /** Services by full name (`bank.pay`), besides the built-in ones. */
  services?: Iterable<string>
  /** Of those, the ones without side effects: only they may be `inline`. */
  pureServices?: Iterable<string>
  /** States of the process's entity. */
  states?: Iterable<string>
  /** Fields a form lets people edit, by form: a `wf:set` beside them would overwrite what somebody typed. */
  editable?: Record<string, string[]>
  /** Names in reach of the process's expressions, with their schemas. */
  scope?: ExpressionScope
  /** Functions in reach, by full name. */
  functions?: Iterable<string>
  /** The version in force, and the nodes that a migration maps (old id → new id). */
  previous?: ProcessModel | null
  mappedNodes?: Record<string, string>
}
