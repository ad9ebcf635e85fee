import type { ReportAmount, ReportMeasureView } from '#engine/contract'
import { currencySymbol, formatDate, formatDecimal, shiftPoint } from '../../kit/values/formatValue.ts'

/** What a group comes to, as people read it: `S/ 1,234.50`, `18 %`, `31/12/2026`. */
export function amountText(
  { kind, scale, percent, unit }: ReportMeasureView,
  { currency, value }: ReportAmount,
): string {
  if (kind === 'date') return formatDate(value)
  if (percent) return `${shiftPoint(value, 2)} %`
  return [currencySymbol(currency), formatDecimal(value, scale), unit].filter(Boolean).join(' ')
}
