import { NativeSelect } from '@mantine/core'
import { IconAlertCircle, IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FormSection } from './formSections.ts'
import { useFormPart, useFormScope } from '../FormScope.ts'
import { isSectionShown, sectionStatus, type SectionStatus } from '../state/formStore.ts'
import { useSections } from './SectionsContext.ts'
import classes from '../form.module.css'

const icons = { error: IconAlertCircle, complete: IconCircleCheck, pending: IconCircle }

/** The sections of a long form and how each stands; a click goes there. One box to choose from where there is no room. */
export function SectionIndex() {
  const { t } = useTranslation()
  const { sections, current, open } = useSections()
  const { store } = useFormScope()
  const statuses = useFormPart((snapshot) =>
    sections
      .map(({ fields }) =>
        isSectionShown(fields, snapshot) ? sectionStatus(fields, snapshot, store.model.schema) : 'hidden',
      )
      .join(' '),
  ).split(' ') as (SectionStatus | 'hidden')[]
  const titleOf = (section: FormSection) => section.title ?? t('kit.form.otherFields')
  const shown = sections.flatMap((section, index) => {
    const status = statuses[index]
    return status && status !== 'hidden' ? [{ section, index, status }] : []
  })
  return (
    <>
      <nav className={classes.index} aria-label={t('kit.form.sections')}>
        {shown.map(({ section, index, status }) => (
          <SectionLink
            key={index}
            title={titleOf(section)}
            status={status}
            isCurrent={index === current}
            onOpen={() => open(index)}
          />
        ))}
      </nav>
      <NativeSelect
        className={classes.sectionPicker}
        aria-label={t('kit.form.sections')}
        value={current}
        onChange={(event) => open(Number(event.currentTarget.value))}
        data={shown.map(({ section, index, status }, place) => ({
          value: String(index),
          label: t('kit.form.sectionOf', {
            place: place + 1,
            count: shown.length,
            title: titleOf(section),
            status: t(`kit.form.status.${status}`),
          }),
        }))}
      />
    </>
  )
}

function SectionLink(props: { title: string; status: SectionStatus; isCurrent: boolean; onOpen: () => void }) {
  const { title, status, isCurrent, onOpen } = props
  const { t } = useTranslation()
  const Icon = icons[status]
  return (
    <button
      type="button"
      className={classes.indexLink}
      data-status={status}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onOpen}
    >
      <span className={classes.indexIcon}>
        <Icon aria-hidden size={16} />
      </span>
      {title}
      <span className="cauce-sr">{t(`kit.form.status.${status}`)}</span>
    </button>
  )
}
