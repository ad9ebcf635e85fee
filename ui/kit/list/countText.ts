import type { TFunction } from 'i18next'
import type { ListView } from '#engine/contract'
import { formatCount } from '../values/formatValue.ts'

/** How many there are: "1,234", or "más de 10,000" where nobody counted further. */
export function countText(list: Pick<ListView<unknown>, 'total' | 'totalAtLeast'>, t: TFunction): string {
  return list.total === undefined
    ? t('kit.list.moreThan', { total: formatCount(list.totalAtLeast ?? 0) })
    : formatCount(list.total)
}
