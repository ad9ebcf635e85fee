import type { Json } from '#forms'
import { StepFailure } from './stepFailure.ts'

/** Evaluates FEEL with the given extra names. */
export type Evaluate = (text: string, names: Record<string, unknown>) => Json

const isoDuration = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
const isoDate = /^\d{4}-\d\d-\d\d(T.*)?$/
const repetition = /^R(\d*)\/(.+)$/

/**
 * When a timer is due. Its body is an ISO 8601 duration, date or repetition (`R3/PT1H`, `R/P1D`), or FEEL that gives
 * a duration, a date or an instant. A body that gives nothing is an error: stock bpmn-elements would fire at once.
 * @returns the instant, and how often the timer still fires (null: once; -1: for ever)
 */
export function timerDue(
  timer: { kind: 'duration' | 'date' | 'cycle'; text: string },
  evaluate: Evaluate,
  node: string,
): { dueAt: Date; repeat: number | null } {
  const repeated = repetition.exec(timer.text)
  if (repeated) {
    const repeat = repeated[1] === '' ? -1 : Number(repeated[1])
    return { dueAt: momentOf(repeated[2]!, evaluate, node), repeat }
  }
  return { dueAt: momentOf(timer.text, evaluate, node), repeat: null }
}

/** The instant that an ISO text or an expression means, counted from `now()`. */
export function momentOf(text: string, evaluate: Evaluate, node: string): Date {
  const value = isoDuration.test(text) || isoDate.test(text) ? text : evaluate(text, {})
  if (typeof value !== 'string' || value === '')
    throw new StepFailure('expression', node, `«${text}» no da una fecha ni una duración`)
  return isoDuration.test(value) ? instant(afterNow(value, evaluate), text, node) : dayOrInstant(value, evaluate, node)
}

/** A day means its last second in the business's time zone: what is due on Friday may still be done on Friday. */
export function dayOrInstant(value: string, evaluate: Evaluate, node: string): Date {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return instant(value, value, node)
  return instant(evaluate('date and time(date(day), time("23:59:59"))', { day: value }), value, node)
}

const afterNow = (duration: string, evaluate: Evaluate): Json =>
  evaluate('now() + duration(length)', { length: duration })

function instant(value: Json, text: string, node: string): Date {
  const date = typeof value === 'string' ? new Date(value) : new Date(Number.NaN)
  if (Number.isNaN(date.getTime())) throw new StepFailure('expression', node, `«${text}» no da una fecha válida`)
  return date
}

const offset = /^due(?:([+-])(\d+)(bd|d|h|m))?$/

/** Is this the `on` of something that happens relative to a task's due date (`due`, `due-1bd`, `due+2d`, `due-4h`)? */
export const isRelativeToDue = (on: string): boolean => offset.test(on)

/** The instant that `on` means for a task due at `dueAt`: `bd` counts business days, `d` days, `h` hours, `m` minutes. */
export function relativeToDue(on: string, dueAt: Date, evaluate: Evaluate, node: string): Date {
  const match = offset.exec(on)
  if (!match) throw new StepFailure('expression', node, `«${on}» no se entiende: use due, due-1bd, due+2d o due-4h`)
  const [, sign, amount, unit] = match
  if (!sign) return dueAt
  const count = Number(amount) * (sign === '-' ? -1 : 1)
  if (unit === 'bd')
    return instant(evaluate('business.add(due, days)', { due: dueAt.toISOString(), days: count }), on, node)
  const hours = { d: 24, h: 1, m: 1 / 60 }[unit as 'd' | 'h' | 'm']
  return new Date(dueAt.getTime() + count * hours * 3_600_000)
}
