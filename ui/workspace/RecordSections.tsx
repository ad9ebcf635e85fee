import { Paper, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordPageView } from '#engine/contract'
import { HistoryPanel } from '../kit/record/HistoryPanel.tsx'
import { sectionsOf } from '../kit/record/sectionsOf.ts'
import { RecordValues } from '../kit/record/RecordValues.tsx'
import classes from './record.module.css'
import { SectionLinks, SectionPicker } from './SectionLinks.tsx'

/** Fewer sections are seen at a glance. */
const indexedFrom = 4

/** The data of a record in its sections; on a wide screen the latest of its history beside. */
export function RecordSections({ entity, record }: { entity: EntityView; record: RecordPageView }) {
  const { t } = useTranslation()
  const sections = sectionsOf(entity, record, t)
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        {sections.length >= indexedFrom && <SectionPicker titles={sections.map((section) => section.title)} />}
        {sections.map((section, index) => (
          <Paper
            key={index}
            p="lg"
            component="section"
            className={classes.section}
            aria-labelledby={`section-${index}`}
            tabIndex={-1}
          >
            <Title order={2} id={`section-${index}`} mb="sm">
              {section.title}
            </Title>
            <RecordValues entity={entity} record={record} fields={section.fields} heading={section.title} />
          </Paper>
        ))}
      </Stack>
      <Stack gap="md" className={classes.rail}>
        {sections.length >= indexedFrom && <SectionLinks titles={sections.map((section) => section.title)} />}
        {entity.may.history && (
          <Paper p="lg" component="aside" aria-label={t('staff.record.latest')}>
            <Title order={2} mb="md">
              {t('staff.record.latest')}
            </Title>
            <HistoryPanel entity={entity.key} id={record.id} filterable={false} size={8} />
          </Paper>
        )}
      </Stack>
    </div>
  )
}
