/** How the panel shows a timer: the ISO 8601 duration of one unit, a rule in business days, or any other rule. */
export type Timer =
  | { kind: 'duration'; amount: number; unit: 'M' | 'H' | 'D' }
  | { kind: 'businessDays'; days: number }
  | { kind: 'rule'; text: string }

export function readTimer(text: string): Timer {
  const trimmed = text.trim()
  const [, time, amount, unit] = /^P(T?)(\d+)([MHD])$/.exec(trimmed) ?? []
  if (amount && unit && (unit === 'D') === (time === '')) {
    return { kind: 'duration', amount: Number(amount), unit: unit as 'M' | 'H' | 'D' }
  }
  const [, days] = /^business\.add\(\s*now\(\)\s*,\s*(\d+)\s*\)$/.exec(trimmed) ?? []
  return days ? { kind: 'businessDays', days: Number(days) } : { kind: 'rule', text: trimmed }
}

/** The text and the BPMN property it belongs in: a duration counts from now, an expression gives a date. */
export function writeTimer(timer: Timer): { text: string; property: 'timeDuration' | 'timeDate' } {
  if (timer.kind === 'duration') {
    return { text: `P${timer.unit === 'D' ? '' : 'T'}${timer.amount}${timer.unit}`, property: 'timeDuration' }
  }
  if (timer.kind === 'businessDays') return { text: `business.add(now(), ${timer.days})`, property: 'timeDate' }
  return { text: timer.text, property: /^-?P/.test(timer.text) ? 'timeDuration' : 'timeDate' }
}
