import { NativeSelect, Paper } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './record.module.css'

/** Brings a section into sight, and the keyboard with it. */
function goTo(index: number): void {
  const section = document.getElementById(`section-${index}`)?.closest('section')
  section?.scrollIntoView({ block: 'start' })
  section?.focus({ preventScroll: true })
}

/** The sections of a record beside it; a click goes there. */
export function SectionLinks({ titles }: { titles: string[] }) {
  const { t } = useTranslation()
  return (
    <Paper component="nav" p="sm" aria-label={t('kit.form.sections')} className={classes.index}>
      {titles.map((title, index) => (
        <button key={index} type="button" className={classes.indexLink} onClick={() => goTo(index)}>
          {title}
        </button>
      ))}
    </Paper>
  )
}

/** The same as one box where there is no room beside. */
export function SectionPicker({ titles }: { titles: string[] }) {
  const { t } = useTranslation()
  return (
    <NativeSelect
      className={classes.picker}
      aria-label={t('kit.form.sections')}
      value=""
      data={[
        { value: '', label: t('kit.record.goToSection') },
        ...titles.map((title, index) => ({ value: String(index), label: title })),
      ]}
      onChange={(event) => goTo(Number(event.currentTarget.value))}
    />
  )
}
