import { Accordion, Paper } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TaskPageView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { useRecord } from '../client/records/useRecord.ts'
import { DiagramPanel } from '../kit/diagram/DiagramPanel.tsx'
import { HistoryPanel } from '../kit/record/HistoryPanel.tsx'
import { RecordValues } from '../kit/record/RecordValues.tsx'
import { RelatedPanel } from '../kit/record/RelatedPanel.tsx'
import { contextPanels } from './contextPanels.ts'
import classes from './inbox.module.css'

/** What is needed to decide, beside the form: the panels the form asks for, the record, its history, where it stands. */
export function TaskContext({ task }: { task: TaskPageView }) {
  const { t } = useTranslation()
  const { data: entity } = useEntity(task.record?.entity)
  const { data: record } = useRecord(task.record?.entity, task.record?.id)
  if (!entity || !record) return null
  const asked = contextPanels(task.context, entity)
  return (
    <Paper component="aside" className={classes.rail} aria-label={t('staff.task.context')}>
      <Accordion
        multiple
        defaultValue={asked.length ? asked.slice(0, 2).map((panel) => panel.key) : ['record']}
        order={2}
        variant="default"
      >
        {asked.map((panel) => (
          <Accordion.Item key={panel.key} value={panel.key}>
            <Accordion.Control>{panel.title}</Accordion.Control>
            <Accordion.Panel>
              {panel.relation ? (
                <RelatedPanel relation={panel.relation} id={record.id} dense />
              ) : (
                <RecordValues entity={entity} record={record} fields={[panel.key]} />
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
        <Accordion.Item value="record">
          <Accordion.Control>{t('staff.task.record', { what: entity.title })}</Accordion.Control>
          <Accordion.Panel>
            <RecordValues entity={entity} record={record} fields={Object.keys(entity.schema.properties ?? {})} />
          </Accordion.Panel>
        </Accordion.Item>
        {entity.may.history && (
          <Accordion.Item value="history">
            <Accordion.Control>{t('staff.record.history')}</Accordion.Control>
            <Accordion.Panel>
              <HistoryPanel entity={entity.key} id={record.id} filterable={false} size={30} />
            </Accordion.Panel>
          </Accordion.Item>
        )}
        <Accordion.Item value="progress">
          <Accordion.Control>{t('staff.record.progress')}</Accordion.Control>
          <Accordion.Panel>
            <DiagramPanel instance={task.instance} outlineOnly />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Paper>
  )
}
