import { Button, Group, Skeleton, Text, Title } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useDocumentTitle } from '@mantine/hooks'
import { useIsFetching } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useOutletContext, useParams } from 'react-router'
import type { EntityView, PrintedRecordView, SessionView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { usePrintRecord } from '../client/records/usePrintRecord.ts'
import { paths } from '../kit/app/paths.ts'
import { PageError } from '../kit/feedback/PageError.tsx'
import { nameWithoutCode } from '../kit/record/RecordHeader.tsx'
import { RecordValues } from '../kit/record/RecordValues.tsx'
import { RelatedPrint } from '../kit/record/RelatedPrint.tsx'
import { sectionsOf } from '../kit/record/sectionsOf.ts'
import { formatDateTime } from '../kit/values/formatValue.ts'
import { StateBadge } from '../kit/values/StateBadge.tsx'
import classes from './print.module.css'

/** A record as it goes on paper: its head on every sheet, all sections and what is kept with it. */
export function PrintRecordPage() {
  const { entity: key, id } = useParams() as { entity: string; id: string }
  const { data: entity, error } = useEntity(key)
  const { data: printed, error: refused } = usePrintRecord(key, id)
  if (error || refused) return <PageError error={error ?? refused} about={{ thing: key, action: 'print', id }} />
  if (!entity || !printed) return <Skeleton height={400} aria-busy />
  return <Sheet entity={entity} printed={printed} />
}

function Sheet({ entity, printed }: { entity: EntityView; printed: PrintedRecordView }) {
  const { t } = useTranslation()
  const session = useOutletContext<SessionView>()
  const { record } = printed
  useDocumentTitle(record.label)
  const code = entity.codeField ? record.data[entity.codeField] : null
  const name = typeof code === 'string' && code ? nameWithoutCode(record.label, code) : record.label
  // The dialog of the printer opens once, when nothing is on its way any more.
  const asked = useRef(false)
  const fetching = useIsFetching()
  useEffect(() => {
    if (asked.current || fetching > 0) return
    asked.current = true
    window.print()
  }, [fetching])
  return (
    <>
      <Group justify="space-between" mb="md" className="cauce-noprint">
        <Button
          component={Link}
          to={paths.record(entity.key, record.id)}
          variant="subtle"
          leftSection={<IconArrowLeft aria-hidden size={16} />}
        >
          {t('kit.record.back')}
        </Button>
        <Button leftSection={<IconPrinter aria-hidden size={16} />} onClick={() => window.print()}>
          {t('kit.record.print')}
        </Button>
      </Group>
      {/* A table, because its head is the one thing that a browser repeats on every sheet. */}
      <table role="presentation" className={classes.sheet}>
        <thead>
          <tr>
            <td>
              <div className={classes.head}>
                <strong>{session.title}</strong>
                <span>{[entity.title, code, name].filter(Boolean).join(' · ')}</span>
                <span>
                  {t('kit.record.printedAt', { when: formatDateTime(printed.printedAt), who: printed.printedBy })}
                </span>
              </div>
            </td>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <Group gap={12} mb="md">
                <Title order={1}>
                  {typeof code === 'string' && code && <Text span inherit ff="monospace">{`${code} `}</Text>}
                  {name}
                </Title>
                {entity.stateField && <StateBadge value={record.data[entity.stateField]} states={entity.states} />}
              </Group>
              {sectionsOf(entity, record, t).map((section) => (
                <section key={section.title} className={classes.section}>
                  <Title order={2} mb="xs">
                    {section.title}
                  </Title>
                  <RecordValues entity={entity} record={record} fields={section.fields} heading={section.title} />
                </section>
              ))}
              {entity.related.map((relation) => (
                <RelatedPrint key={relation.key} relation={relation} id={record.id} className={classes.section ?? ''} />
              ))}
            </td>
          </tr>
        </tbody>
      </table>
    </>
  )
}
