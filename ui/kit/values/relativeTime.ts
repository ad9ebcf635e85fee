const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** "hace 3 días", "dentro de 2 horas": how far `at` is from `now`, in the reader's language. */
export function relativeTime(at: string, now: Date, language = 'es'): string {
  const distance = new Date(at).getTime() - now.getTime()
  if (Number.isNaN(distance)) return ''
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const size = Math.abs(distance)
  if (size < minute) return words.format(Math.trunc(distance / 1000), 'second')
  if (size < hour) return words.format(Math.trunc(distance / minute), 'minute')
  if (size < day) return words.format(Math.trunc(distance / hour), 'hour')
  if (size < 60 * day) return words.format(Math.trunc(distance / day), 'day')
  return words.format(Math.trunc(distance / (30 * day)), 'month')
}
