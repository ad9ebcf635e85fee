import { Alert, Anchor, List } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema } from '#forms'
import { relatedRoot, sectionOf, type FormSection } from '../sections/formSections.ts'
import { useFormPart, useFormScope } from '../FormScope.ts'
import { useSections } from '../sections/SectionsContext.ts'
import { fieldPath, schemaAt, titleOf } from '../schema/schemaAt.ts'
import { shownIssues } from '../state/formStore.ts'

/** Lines written out: nobody reads a thousand. */
const most = 20

/** After a refused attempt: everything to mend, each line jumps to its field. */
export function ErrorSummary({ ref }: { ref: Ref<HTMLDivElement> }) {
  const { t } = useTranslation()
  const { store, reveal } = useFormScope()
  const { sections } = useSections()
  const shown = useFormPart((snapshot) => (snapshot.showAll ? snapshot : null))
  const issues = shown ? shownIssues(shown).filter((issue) => issue.level === 'error') : []
  if (issues.length === 0) return null
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      role="alert"
      color="red"
      mb="lg"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('kit.form.errors', { count: issues.length })}
      styles={{ title: { color: '#7d1d1d' } }}
    >
      <List size="sm" spacing={2}>
        {issues.slice(0, most).map((issue, index) => (
          <List.Item key={index}>
            {issue.path ? (
              <Anchor
                component="button"
                type="button"
                size="sm"
                c="#7d1d1d"
                td="underline"
                ta="left"
                mih={24}
                onClick={() => reveal(fieldPath(store.model.schema, issue.path))}
              >
                {lineOf(issue.path, issue.message, store.model.schema, sections)}
              </Anchor>
            ) : (
              issue.message
            )}
          </List.Item>
        ))}
        {issues.length > most && <List.Item>{t('kit.form.moreErrors', { count: issues.length - most })}</List.Item>}
      </List>
    </Alert>
  )
}

/** The message alone when it names its field; else with the field's name before it. In a list, which row. */
function lineOf(path: string, message: string, schema: FormSchema, sections: FormSection[]): string {
  if (path.startsWith(`${relatedRoot}.`)) {
    const [, , at] = path.split('.')
    return `${sections[sectionOf(sections, path)]?.title ?? ''} ${Number(at) + 1} · ${message}`
  }
  const field = fieldPath(schema, path)
  const title = titleOf(schemaAt(schema, field), field)
  const [list = '', row] = field.split('.')
  const place = /^\d+$/.test(row ?? '') ? `${titleOf(schemaAt(schema, list), list)} ${Number(row) + 1} · ` : ''
  return place + (message.toLowerCase().includes(title.toLowerCase()) ? message : `${title}: ${message}`)
}
