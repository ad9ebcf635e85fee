import type { TFunction } from 'i18next'

/** When something happens around a step, said for the analyst. `value` is the `on` of the `wf` elements. */
export interface Moment {
  value: string
  label: string
}

const ofTask = ['enter', 'claim', '', 'cancel']
const ofNode = ['enter', '']
const ofDeadline = ['due-2bd', 'due-1bd', 'due', 'due+1bd', 'due+2bd']

/** The moments that can be chosen for a step. `complete` is the default and is written as nothing. */
export function momentsFor(
  kind: 'task' | 'node',
  outcomes: { key: string; label: string }[],
  deadlines: boolean,
  t: TFunction,
): Moment[] {
  return [
    ...(kind === 'task' ? ofTask : ofNode).map((value) => ({ value, label: momentLabel(value, t) })),
    ...outcomes.map(({ key, label }) => ({ value: `outcome:${key}`, label: t('studio.moment.outcome', { label }) })),
    ...(deadlines ? ofDeadline.map((value) => ({ value, label: momentLabel(value, t) })) : []),
  ]
}

/** Any `on` in words, also one that the list above does not offer (`due-4h`). */
export function momentLabel(on: string, t: TFunction): string {
  if (on === '' || on === 'complete') return t('studio.moment.complete')
  if (on === 'enter' || on === 'claim' || on === 'cancel' || on === 'due') return t(`studio.moment.${on}`)
  const [, sign, amount, unit] = /^due([+-])(\d+)(bd|d|h)$/.exec(on) ?? []
  if (sign) return t(`studio.moment.${sign === '-' ? 'before' : 'after'}.${unit}`, { count: Number(amount) })
  if (on.startsWith('outcome:')) return t('studio.moment.outcome', { label: on.slice('outcome:'.length) })
  return on
}
