import { Button, Group, MultiSelect, NativeSelect, Paper, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixThing, MatrixView } from '#engine/contract'

/** Which data of a thing are kept for some roles: only those named see or change them. */
export function FieldRules(props: {
  matrix: MatrixView
  thing: MatrixThing
  onChange: (change: MatrixChange) => void
}) {
  const { matrix, thing, onChange } = props
  const { t } = useTranslation()
  const rules = matrix.fields[thing.key] ?? {}
  const subjects = [...matrix.roles.filter((role) => !role.retired), ...matrix.groups].map(({ key, title }) => ({
    value: key,
    label: title,
  }))
  const free = thing.fields.filter(({ key }) => !rules[key])
  return (
    <Stack gap="sm">
      {Object.keys(rules).length === 0 && (
        <Text size="sm" c="dimmed">
          {t('staff.roles.noFields')}
        </Text>
      )}
      {Object.entries(rules).map(([field, rule]) => {
        const title = thing.fields.find(({ key }) => key === field)?.title ?? field
        const change = (part: 'read' | 'edit', names: string[] | null) =>
          onChange({
            kind: 'field',
            thing: thing.key,
            field,
            read: part === 'read' ? names : (rule.read ?? null),
            edit: part === 'edit' ? names : (rule.edit ?? null),
          })
        return (
          <Paper key={field} p="sm" withBorder>
            <Group justify="space-between" mb={4}>
              <Text fw={600} size="sm">
                {title}
              </Text>
              {matrix.mayEdit && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-label={t('staff.roles.freeField', { field: title })}
                  onClick={() => onChange({ kind: 'field', thing: thing.key, field, read: null, edit: null })}
                >
                  {t('staff.roles.free')}
                </Button>
              )}
            </Group>
            {(['read', 'edit'] as const).map((part) => (
              <MultiSelect
                key={part}
                label={t(`staff.roles.field.${part}`)}
                placeholder={rule[part] ? undefined : t('staff.roles.everybody')}
                data={subjects}
                value={rule[part] ?? []}
                disabled={!matrix.mayEdit}
                onChange={(names) => change(part, names.length ? names : null)}
                comboboxProps={{ withinPortal: true }}
              />
            ))}
          </Paper>
        )
      })}
      {matrix.mayEdit && free.length > 0 && (
        <NativeSelect
          label={t('staff.roles.addField')}
          value=""
          onChange={(event) =>
            onChange({
              kind: 'field',
              thing: thing.key,
              field: event.currentTarget.value,
              read: matrix.roles.filter((role) => role.protected).map(({ key }) => key),
              edit: null,
            })
          }
          data={[{ value: '', label: '—' }, ...free.map(({ key, title }) => ({ value: key, label: title }))]}
        />
      )}
    </Stack>
  )
}
