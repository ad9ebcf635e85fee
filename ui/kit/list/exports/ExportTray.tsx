import { useTranslation } from 'react-i18next'
import { ExportCard } from './ExportCard.tsx'
import classes from './exports.module.css'
import { useExportsInHand } from './ExportsInHand.tsx'

/** The exports of this window, at its corner: how far each is, on whatever page the person has gone to. */
export function ExportTray() {
  const { t } = useTranslation()
  const { entries, drop } = useExportsInHand()
  if (entries.length === 0) return null
  return (
    <section className={`${classes.tray} cauce-noprint`} aria-label={t('kit.exports.title')}>
      {entries.map(({ key, id }) => (
        <ExportCard key={key} id={id} onClose={() => drop(key)} />
      ))}
    </section>
  )
}
