import { IconAlertCircle, IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FormSection } from './formSections.ts'
import { useFormPart, useFormScope } from './FormScope.ts'
import { sectionStatus } from './formStore.ts'
import { sectionId } from './SectionedFields.tsx'
import classes from './form.module.css'

const icons = { error: IconAlertCircle, complete: IconCircleCheck, pending: IconCircle }

/** The sections of a form and how each stands; a click goes there. */
export function SectionIndex({ sections }: { sections: FormSection[] }) {
  const { t } = useTranslation()
  return (
    <nav className={classes.index} aria-label={t('kit.form.sections')}>
      {sections.map((section, index) => (
        <SectionLink key={index} section={section} index={index} />
      ))}
    </nav>
  )
}

function SectionLink({ section, index }: { section: FormSection; index: number }) {
  const { t } = useTranslation()
  const { idPrefix } = useFormScope()
  const status = useFormPart((snapshot) => sectionStatus(section.fields, snapshot))
  const shown = useFormPart((snapshot) => section.fields.some((field) => snapshot.settled.visible[field] !== false))
  const Icon = icons[status]
  if (!shown) return null
  return (
    <button
      type="button"
      className={classes.indexLink}
      data-status={status}
      onClick={() => {
        document.getElementById(sectionId(idPrefix, index))?.scrollIntoView({ block: 'start', behavior: 'smooth' })
        document.getElementById(`${sectionId(idPrefix, index)}-t`)?.focus({ preventScroll: true })
      }}
    >
      <span className={classes.indexIcon}>
        <Icon aria-hidden size={16} />
      </span>
      {section.title ?? t('kit.form.otherFields')}
      <span className="cauce-sr">{t(`kit.form.status.${status}`)}</span>
    </button>
  )
}
