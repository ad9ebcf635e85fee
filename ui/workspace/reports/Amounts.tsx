import { useTranslation } from 'react-i18next'
import type { ReportAmount, ReportMeasureView } from '#engine/contract'
import { amountText } from './amountText.ts'
import classes from './reports.module.css'

/** A line for each currency. */
export function Amounts({ measure, amounts }: { measure: ReportMeasureView; amounts: ReportAmount[] }) {
  const { t } = useTranslation()
  if (amounts.length === 0)
    return (
      <>
        <span aria-hidden>—</span>
        <span className="cauce-sr">{t('staff.reports.nothing')}</span>
      </>
    )
  return amounts.map((amount) => (
    <span key={amount.currency ?? ''} className={classes.amount}>
      {amountText(measure, amount)}
    </span>
  ))
}
