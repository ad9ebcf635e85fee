import { Paper, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordPageView } from '#engine/contract'
import { heldFiles } from '../kit/record/heldFiles.ts'
import { HistoryPanel } from '../kit/record/HistoryPanel.tsx'
import { RecordFiles } from '../kit/record/RecordFiles.tsx'
import { sectionsOf } from '../kit/record/sectionsOf.ts'
import { RecordValues } from '../kit/record/RecordValues.tsx'
import classes from './record.module.css'
import { SectionLinks, SectionPicker } from './SectionLinks.tsx'

/** Fewer sections are seen at a glance. */
const indexedFrom = 4

/** The data of a record in its sections; on a wide screen the latest of its history beside. */
export function RecordSections({ entity, record }: { entity: EntityView; record: RecordPageView }) {
  const { t } = useTranslation()
  const files = heldFiles(entity.schema, record.data)
  const sections = [
    ...sectionsOf(entity, record, t).map(({ title, fields }) => ({
      title,
      content: <RecordValues entity={entity} record={record} fields={fields} heading={title} />,
    })),
    ...(files.length > 0 ? [{ title: t('kit.file.all'), content: <RecordFiles files={files} /> }] : []),
  ]
  const titles = sections.map(({ title }) => title)
  const isIndexed = sections.length >= indexedFrom
  return (
    <div className={classes.columns}>
      <Stack gap="md">
        {isIndexed && <SectionPicker titles={titles} />}
        {sections.map(({ title, content }, index) => (
          <Paper
            key={index}
            p="lg"
            component="section"
            className={classes.section}
            aria-labelledby={`section-${index}`}
            tabIndex={-1}
          >
            <Title order={2} id={`section-${index}`} mb="sm">
              {title}
            </Title>
            {content}
          </Paper>
        ))}
      </Stack>
      <Stack gap="md" className={classes.rail}>
        {isIndexed && <SectionLinks titles={titles} />}
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
