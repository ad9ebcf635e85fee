import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormPart } from '../FormScope.ts'
import { isSectionShown } from '../state/formStore.ts'
import { useSections } from './SectionsContext.ts'
import classes from '../form.module.css'

/** To the section before and the one after, by name: at the end of what is in sight, where the keyboard arrives. */
export function SectionSteps() {
  const { t } = useTranslation()
  const { sections, current, open } = useSections()
  const shown = useFormPart((snapshot) =>
    sections.flatMap((section, index) => (isSectionShown(section.fields, snapshot) ? [index] : [])).join(' '),
  )
  const indexes = shown.split(' ').map(Number)
  const before = indexes.filter((index) => index < current).at(-1)
  const after = indexes.find((index) => index > current)
  const named = (index: number) => sections[index]?.title ?? t('kit.form.otherFields')
  return (
    <div className={classes.steps}>
      {before !== undefined && (
        <Button variant="subtle" leftSection={<IconArrowLeft aria-hidden size={16} />} onClick={() => open(before)}>
          {t('kit.form.before', { section: named(before) })}
        </Button>
      )}
      {after !== undefined && (
        <Button
          variant="light"
          ml="auto"
          rightSection={<IconArrowRight aria-hidden size={16} />}
          onClick={() => open(after)}
        >
          {t('kit.form.after', { section: named(after) })}
        </Button>
      )}
    </div>
  )
}
