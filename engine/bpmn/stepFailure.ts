import type { StepErrorCode } from './types.ts'

/**
 * Thrown to abandon a step. bpmn-elements catches some exceptions and would turn them into BPMN errors that a
 * boundary event may swallow, so the host also remembers the first failure (`StepHost.failure`) and has the last word.
 */
export class StepFailure extends Error {
  constructor(
    readonly code: StepErrorCode | (string & {}),
    readonly node: string | null,
    message: string,
  ) {
    super(message)
    this.name = 'StepFailure'
  }
}
