import { Alert, Anchor, List, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DependentsView } from '#engine/contract'
import { paths } from '../app/paths.ts'

/** What still refers to a record, by kind, with the way there. */
export function DependentsNote({ dependents }: { dependents: DependentsView[] }) {
  const { t } = useTranslation()
  return (
    <Alert color="orange" role="alert" title={t('kit.record.usedBy')}>
      {dependents.map(({ entity, title, count, items }) => (
        <div key={entity}>
          <Text fz="sm" fw={600}>{`${count} ${title}`}</Text>
          <List size="sm" listStyleType="none" withPadding>
            {items.map((item) => (
              <List.Item key={item.id}>
                <Anchor
                  component={Link}
                  to={paths.record(entity, item.id)}
                  fz="sm"
                  lh="24px"
                  display="inline-block"
                  underline="always"
                >
                  {item.label}
                </Anchor>
              </List.Item>
            ))}
            {count > items.length && <List.Item>{t('kit.record.andMore', { count: count - items.length })}</List.Item>}
          </List>
        </div>
      ))}
    </Alert>
  )
}

/** What stood in the way, out of the server's refusal to delete; null for any other error. */
export function dependentsIn(details: unknown): { dependents: DependentsView[]; mayInactivate: boolean } | null {
  const given = details as { dependents?: DependentsView[]; mayInactivate?: boolean } | undefined
  return given?.dependents ? { dependents: given.dependents, mayInactivate: given.mayInactivate === true } : null
}
