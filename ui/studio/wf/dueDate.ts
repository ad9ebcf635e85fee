/** How the panel shows a due date; whatever is neither a number nor a setting of business days stays a rule. */
export type DueDate =
  { kind: 'none' } | { kind: 'days'; days: number } | { kind: 'setting'; path: string } | { kind: 'rule'; text: string }

export function readDueDate(text: string): DueDate {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'none' }
  const [, argument] = /^business\.add\(\s*now\(\)\s*,\s*([^()\s]+)\s*\)$/.exec(trimmed) ?? []
  if (argument && /^\d+$/.test(argument)) return { kind: 'days', days: Number(argument) }
  const [, path] = /^settings\.([\w.]+)$/.exec(argument ?? '') ?? []
  return path ? { kind: 'setting', path } : { kind: 'rule', text: trimmed }
}

export function writeDueDate(due: DueDate): string | undefined {
  if (due.kind === 'none') return undefined
  if (due.kind === 'days') return `business.add(now(), ${due.days})`
  if (due.kind === 'setting') return `business.add(now(), settings.${due.path})`
  return due.text.trim() || undefined
}
