import { Badge, Button, Group, NativeSelect, Paper, Stack, Text, Title } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixView } from '#engine/contract'
import { rightsOf } from './effectiveRights.ts'
import type { Cell } from './MatrixTable.tsx'
import { RoleActions } from './RoleActions.tsx'
import classes from './roles.module.css'

/** One role in words: all that it may do, where it is narrowed, and whom it is given to. */
export function RoleRights(props: {
  matrix: MatrixView
  subject: string
  onSubject: (subject: string) => void
  onOpen: (cell: Cell) => void
  onChange: (change: MatrixChange) => void
}) {
  const { matrix, subject, onSubject, onOpen, onChange } = props
  const { t } = useTranslation()
  const role = matrix.roles.find(({ key }) => key === subject)
  const group = matrix.groups.find(({ key }) => key === subject)
  const titleOf = (key: string) => matrix.roles.find((candidate) => candidate.key === key)?.title ?? key
  return (
    <Stack gap="md">
      <Group align="flex-end" justify="space-between" gap="sm">
        <NativeSelect
          label={t('staff.roles.role')}
          value={subject}
          onChange={(event) => onSubject(event.currentTarget.value)}
          className={classes.picker}
          data={[
            {
              group: t('staff.roles.roles'),
              items: matrix.roles.map(({ key, title, retired }) => ({
                value: key,
                label: retired ? `${title} (${t('staff.roles.retired')})` : title,
              })),
            },
            {
              group: t('staff.roles.groups'),
              items: matrix.groups.map(({ key, title }) => ({ value: key, label: title })),
            },
          ]}
        />
        {matrix.mayEdit && (
          <RoleActions matrix={matrix} role={role} group={group} onChange={onChange} onMade={onSubject} />
        )}
      </Group>
      {role && (
        <Group gap="xs">
          {role.protected && (
            <Badge variant="light" color="gray" leftSection={<IconLock aria-hidden size={12} />}>
              {t('staff.roles.protected')}
            </Badge>
          )}
          {role.retired && <Badge color="gray">{t('staff.roles.retired')}</Badge>}
          {role.front === 'portal' && <Badge variant="light">{t('staff.roles.portal')}</Badge>}
          <Text c="dimmed" size="sm">
            {t('staff.roles.holders', { count: role.holders })}
            {role.description ? ` · ${role.description}` : ''}
          </Text>
        </Group>
      )}
      {group && (
        <Text size="sm">{t('staff.roles.members', { roles: group.roles.map(titleOf).join(', ') || '—' })}</Text>
      )}
      <ul className={classes.things}>
        {matrix.things.map((thing) => {
          const { actions, through } = rightsOf(matrix, subject, thing.key)
          const words = thing.actions.filter(({ key }) => actions.includes(key)).map(({ title }) => title)
          const rule = matrix.rows[thing.key]?.[subject]
          return (
            <Paper key={thing.key} component="li" p="sm" withBorder>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0 }}>
                  <Title order={3} size="h5">
                    {thing.title}
                  </Title>
                  <Text size="sm" c={words.length ? undefined : 'dimmed'}>
                    {words.length ? words.join(', ') : t('staff.roles.nothing')}
                  </Text>
                  {rule && (
                    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {t('staff.roles.onlyRows', { rule })}
                    </Text>
                  )}
                  {through.map(({ group: name }) => (
                    <Text key={name} size="sm" c="dimmed">
                      {t('staff.roles.through', { group: name })}
                    </Text>
                  ))}
                </div>
                <Button
                  variant="default"
                  size="compact-sm"
                  style={{ flex: 'none' }}
                  onClick={() => onOpen({ subject, thing: thing.key })}
                  aria-label={`${t(matrix.mayEdit ? 'staff.roles.change' : 'staff.roles.see')}: ${thing.title}`}
                >
                  {t(matrix.mayEdit ? 'staff.roles.change' : 'staff.roles.see')}
                </Button>
              </Group>
            </Paper>
          )
        })}
      </ul>
    </Stack>
  )
}
