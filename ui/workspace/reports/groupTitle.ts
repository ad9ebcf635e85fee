import type { TFunction } from 'i18next'
import type { ReportGroupView, ReportView } from '#engine/contract'
import { lowerFirst, monthTitle } from '#forms'

/** What a group is called: what is no word of the pack (a month, a missing value, yes and no) in the page's language. */
export function groupTitle(
  { levels }: Pick<ReportView, 'levels'>,
  { path, title }: ReportGroupView,
  t: TFunction,
  language: string,
): string {
  const level = levels[path.length - 1]
  const value = path.at(-1) ?? null
  if (level && value === null) return t('staff.reports.without', { what: lowerFirst(level.title) })
  if (typeof value === 'boolean') return t(value ? 'kit.value.yes' : 'kit.value.no')
  if (level?.by === 'month') return monthTitle(String(value), language === 'en' ? 'en' : 'es-PE')
  return title
}
