import { Title } from '@mantine/core'
import { createContext, useContext, type ReactElement } from 'react'
import { isWide } from './controlName.ts'
import type { FormSection } from './formSections.ts'
import { useFormPart, useFormScope } from './FormScope.ts'
import { isEmpty, type FormSnapshot } from './formStore.ts'
import classes from './form.module.css'

/** Sections of the form that stands around; the library's own layout knows no sections. */
export const SectionsContext = createContext<FormSection[]>([])

export const sectionId = (idPrefix: string, index: number) => `${idPrefix}--s${index}`

/** The fields of a form in its sections: two columns where there is room, long fields across. */
export function SectionedFields({ contents }: { contents: Map<string, ReactElement> }) {
  const sections = useContext(SectionsContext)
  return (
    <div className={classes.sections}>
      {sections.map((section, index) => (
        <Section key={index} section={section} index={index} contents={contents} single={sections.length === 1} />
      ))}
    </div>
  )
}

function Section({
  section,
  index,
  contents,
  single,
}: {
  section: FormSection
  index: number
  contents: Map<string, ReactElement>
  single: boolean
}) {
  const { store, idPrefix } = useFormScope()
  const isNew = store.getEnvironment().record === null
  const shown = useFormPart((snapshot) => section.fields.filter((field) => isDrawn(field, snapshot, isNew)).join('\n'))
  if (!shown) return null
  const id = sectionId(idPrefix, index)
  return (
    <div
      role="group"
      className={classes.section}
      id={id}
      aria-labelledby={section.title ? `${id}-t` : undefined}
      data-single={single || undefined}
    >
      {section.title && (
        <Title order={2} id={`${id}-t`} className={classes.sectionTitle} tabIndex={-1}>
          {section.title}
        </Title>
      )}
      <div className={classes.grid} data-columns={section.columns}>
        {shown.split('\n').map((field) => (
          <div
            key={field}
            className={isWide(store.model.schema.properties?.[field] ?? {}) ? classes.wide : classes.field}
          >
            {contents.get(field)}
          </div>
        ))}
      </div>
    </div>
  )
}

/** A hidden field is not drawn; nor is one that the system fills in later (a code) while the record is new. */
function isDrawn(field: string, { settled, raw }: FormSnapshot, isNew: boolean): boolean {
  if (settled.visible[field] === false) return false
  return !(isNew && settled.editable[field] === false && !(field in settled.computedBy) && isEmpty(raw[field]))
}
