import { Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isWide } from '../schema/controlName.ts'
import { isNamedBySection, type FormSection } from './formSections.ts'
import { useFormPart, useFormScope } from '../FormScope.ts'
import { isEmpty, type FormSnapshot } from '../state/formStore.ts'
import { titleOf } from '../schema/schemaAt.ts'
import { SectionSteps } from './SectionSteps.tsx'
import { sectionId, useSections } from './SectionsContext.ts'
import classes from '../form.module.css'

/** The fields of a form in its sections: two columns where there is room, long fields across. */
export function SectionedFields({ contents }: { contents: Map<string, ReactElement> }) {
  const { sections, paged, current } = useSections()
  return (
    <div className={classes.sections}>
      {sections.map(
        (section, index) =>
          (!paged || index === current) && (
            <Section key={index} section={section} index={index} contents={contents} single={sections.length === 1} />
          ),
      )}
      {paged && <SectionSteps />}
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
  const { t } = useTranslation()
  const { paged, more } = useSections()
  const { store, idPrefix } = useFormScope()
  const isNew = store.getEnvironment().record === null
  const shown = useFormPart((snapshot) => section.fields.filter((field) => isDrawn(field, snapshot, isNew)).join('\n'))
  const [first = ''] = section.fields
  const isNamed = isNamedBySection([section], first, titleOf(store.model.schema.properties?.[first] ?? null, first))
  // The mark that the name of a field carries.
  const isDemanded = useFormPart(({ settled }) => isNamed && settled.required[first] === true)
  if (!shown) return null
  const id = sectionId(idPrefix, index)
  // A page of its own needs a heading, also where the definition gives it none.
  const title = section.title ?? (paged ? t('kit.form.otherFields') : null)
  return (
    <div
      role="group"
      className={classes.section}
      id={id}
      aria-labelledby={title ? `${id}-t` : undefined}
      data-single={single || undefined}
    >
      {title && (
        <Title order={2} id={`${id}-t`} className={classes.sectionTitle} tabIndex={-1}>
          {title}
          {isDemanded && (
            <Text span inherit aria-hidden c="var(--mantine-color-error)">
              {' *'}
            </Text>
          )}
        </Title>
      )}
      <div className={classes.grid} data-columns={section.columns}>
        {shown.split('\n').map((field) => (
          <div
            key={field}
            className={isWide(store.model.schema.properties?.[field] ?? {}) ? classes.wide : classes.field}
          >
            {contents.get(field) ?? more.get(field)}
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
