import { Button, Checkbox, Drawer, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixView } from '#engine/contract'
import { lockOf, rightsOf } from './effectiveRights.ts'
import { FieldRules } from './FieldRules.tsx'
import type { Cell } from './MatrixTable.tsx'

/** What one role may do with one thing: actions, which records, which data are kept for some. */
export function CellDrawer(props: {
  matrix: MatrixView
  cell: Cell
  onChange: (change: MatrixChange) => void
  onClose: () => void
}) {
  const { matrix, cell, onChange, onClose } = props
  const { t } = useTranslation()
  const thing = matrix.things.find(({ key }) => key === cell.thing)
  const subject = [...matrix.roles, ...matrix.groups].find(({ key }) => key === cell.subject)
  const { own, through } = rightsOf(matrix, cell.subject, cell.thing)
  const locks = (thing?.actions ?? []).map(({ key }) => lockOf(matrix, cell.subject, cell.thing, key))
  const reasons = [
    ...new Set(locks.filter((lock) => lock !== null).map((lock) => lock.because ?? t('staff.roles.lockedProtected'))),
  ]
  const toggle = (action: string, on: boolean) =>
    onChange({
      kind: 'cell',
      ...cell,
      actions: on ? [...own, action] : own.filter((other) => other !== action),
    })
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="md"
      title={`${subject?.title ?? cell.subject} · ${thing?.title ?? cell.thing}`}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="lg">
        <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
          <legend>
            <Text fw={600}>{t('staff.roles.may')}</Text>
          </legend>
          <Stack gap={8} mt={8}>
            {thing?.actions.map((action, index) => {
              const inherited = through.find(({ actions }) => actions.includes(action.key))
              return (
                <Checkbox
                  key={action.key}
                  label={action.title}
                  checked={own.includes(action.key)}
                  disabled={!matrix.mayEdit || locks[index] !== null}
                  description={
                    locks[index]
                      ? (locks[index].because ?? t('staff.roles.lockedProtected'))
                      : inherited
                        ? t('staff.roles.through', { group: inherited.group })
                        : undefined
                  }
                  onChange={(event) => toggle(action.key, event.currentTarget.checked)}
                />
              )
            })}
          </Stack>
          {reasons.length > 0 && (
            <Text size="sm" c="dimmed" mt={8}>{`${t('staff.roles.locked')} ${reasons.join(' ')}`}</Text>
          )}
        </fieldset>
        {thing?.kind === 'entity' && (
          <>
            <RowRule matrix={matrix} cell={cell} onChange={onChange} />
            <section aria-labelledby="field-rules">
              <Title order={3} size="h5" id="field-rules" mb={8}>
                {t('staff.roles.fields', { thing: thing.title })}
              </Title>
              <FieldRules matrix={matrix} thing={thing} onChange={onChange} />
            </section>
          </>
        )}
      </Stack>
    </Drawer>
  )
}

function RowRule({
  matrix,
  cell,
  onChange,
}: {
  matrix: MatrixView
  cell: Cell
  onChange: (change: MatrixChange) => void
}) {
  const { t } = useTranslation()
  const saved = matrix.rows[cell.thing]?.[cell.subject] ?? ''
  const [rule, setRule] = useState(saved)
  const isProtected = matrix.roles.find(({ key }) => key === cell.subject)?.protected === true
  return (
    <section>
      <Textarea
        label={t('staff.roles.rows')}
        description={t(isProtected ? 'staff.roles.rowsProtected' : 'staff.roles.rowsHelp')}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        autosize
        minRows={2}
        maxLength={1000}
        value={rule}
        disabled={!matrix.mayEdit || isProtected}
        onChange={(event) => setRule(event.currentTarget.value)}
      />
      {rule.trim() !== saved && (
        <Group justify="flex-end" mt={8}>
          <Button variant="default" onClick={() => onChange({ kind: 'row', ...cell, rule: rule.trim() || null })}>
            {t('staff.roles.useRule')}
          </Button>
        </Group>
      )}
    </section>
  )
}
