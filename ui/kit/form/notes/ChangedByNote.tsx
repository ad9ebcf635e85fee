import { Anchor, Text } from '@mantine/core'
import { Link } from 'react-router'
import type { FormField } from '#forms'
import { useEntity } from '../../../client/records/useEntities.ts'
import { useProcesses } from '../../../client/cases/useProcess.ts'
import { useRecord } from '../../../client/records/useRecord.ts'
import { paths } from '../../app/paths.ts'
import type { BegunForm } from '../references/BegunForm.ts'
import { useFormScope } from '../FormScope.ts'

/** Under a value that only a process changes (`x-fixed.by`): why, and the way there for those who may start it. */
export function ChangedByNote({ process: key, message }: NonNullable<FormField['changedBy']>) {
  const { store, entity: whose } = useFormScope()
  const id = store.getEnvironment().record?.id
  const { data: entity } = useEntity(whose ?? undefined)
  const { data: record } = useRecord(whose ?? undefined, typeof id === 'string' ? id : null)
  const { data: processes } = useProcesses()
  const process = processes?.find((one) => one.key === key)
  const relation = entity?.related.find((one) => one.entity === process?.entity)
  return (
    <Text size="xs" c="dimmed" mt={2}>
      {message}{' '}
      {process && record && relation && (
        <Anchor
          component={Link}
          size="xs"
          underline="always"
          to={paths.start(key)}
          state={
            {
              data: { [relation.by]: record.id },
              labels: { [relation.by]: { [record.id]: record.label } },
            } satisfies BegunForm
          }
        >
          {process.title}
        </Anchor>
      )}
    </Text>
  )
}
