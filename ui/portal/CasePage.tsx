import { Accordion, Button, Group, Paper, Skeleton, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Link, useOutletContext, useParams } from 'react-router'
import type { EntityView, RecordPageView, SessionView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { useRecord } from '../client/records/useRecord.ts'
import { paths } from '../kit/app/paths.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import { MessageButtons } from '../kit/record/MessageButtons.tsx'
import { RecordValues } from '../kit/record/RecordValues.tsx'
import { StateBadge } from '../kit/values/StateBadge.tsx'
import { BackLink } from './BackLink.tsx'
import { CaseStory } from './CaseStory.tsx'
import { ExpectedSteps } from './ExpectedSteps.tsx'
import { RelatedSection } from './RelatedSection.tsx'
import { homeItem } from './portalLinks.ts'
import classes from './portal.module.css'

/** One case, told in order: what we expect now, of whom, by when; its documents; what happened so far. */
export function CasePage() {
  const { entity, id } = useParams() as { entity: string; id: string }
  return <CaseOf entity={entity} id={id} />
}

/** `atHome`: it is the one thing this person has, shown where the list would be. */
export function CaseOf({ entity: key, id, atHome = false }: { entity: string; id: string; atHome?: boolean }) {
  const { data: entity, error } = useEntity(key)
  const { data: record, error: missing, refetch } = useRecord(key, id)
  if (error || missing) {
    const about = { thing: key, action: 'read', id }
    return <PageError error={error ?? missing} onRetry={() => void refetch()} about={about} />
  }
  if (!entity || !record)
    return (
      <Stack aria-busy className={classes.column}>
        <Skeleton height={32} width={260} />
        <Skeleton height={110} />
        <Skeleton height={260} />
      </Stack>
    )
  return <Case entity={entity} record={record} atHome={atHome} />
}

function Case({ entity, record, atHome }: { entity: EntityView; record: RecordPageView; atHome: boolean }) {
  const { t } = useTranslation()
  const { menus } = useOutletContext<SessionView>()
  const home = homeItem(menus)
  useDocumentTitle(record.label)
  const [task] = record.tasks
  const state = entity.stateField ? record.data[entity.stateField] : null
  const ended = entity.states.some((one) => one.value === state && one.terminal)
  // Something that goes its way is told as a story; what is only kept is shown, to be read and mended.
  const isCase = entity.stateField !== null || record.instances.length > 0 || record.tasks.length > 0
  const values = <RecordValues entity={entity} record={record} fields={Object.keys(entity.schema.properties ?? {})} />
  return (
    <div className={classes.column}>
      {!atHome && (
        <BackLink
          to={home?.key === entity.key ? paths.home : paths.records(entity.key)}
          what={home?.key === entity.key ? home.title : entity.titlePlural}
        />
      )}
      <Group gap="6px 14px" align="center">
        <Title order={1} style={{ overflowWrap: 'anywhere' }}>
          {record.label}
        </Title>
        <StateBadge value={state} states={entity.states} />
        {record.permissions.edit && entity.form && (
          <Button component={Link} to={paths.editRecord(entity.key, record.id)} variant="default" mih={44}>
            {t('kit.edit')}
          </Button>
        )}
      </Group>
      {!isCase && <Paper p="lg">{values}</Paper>}
      {isCase && (
        <section aria-labelledby="case-expected">
          <Title order={2} id="case-expected" mb={10}>
            {t('portal.case.expected')}
          </Title>
          <ExpectedSteps record={record} ended={ended} />
          {(task || record.messages.length > 0) && (
            <Group gap={10} mt={14}>
              {task && (
                <Button component={Link} to={paths.task(task.id)}>
                  {task.title}
                </Button>
              )}
              <MessageButtons messages={record.messages} record={record.data} environment={record.environment} />
            </Group>
          )}
        </section>
      )}
      {entity.related.map((relation) => (
        <RelatedSection key={relation.key} relation={relation} id={record.id} />
      ))}
      <section aria-labelledby="case-happened">
        <Title order={2} id="case-happened" mb={10}>
          {t('portal.case.happened')}
        </Title>
        <CaseStory entity={entity.key} id={record.id} />
      </section>
      {isCase && (
        <Paper>
          <Accordion order={2} chevronPosition="right">
            <Accordion.Item value="data" style={{ borderBottom: 0 }}>
              <Accordion.Control mih={44}>{t('portal.case.data')}</Accordion.Control>
              <Accordion.Panel>{values}</Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </Paper>
      )}
    </div>
  )
}
