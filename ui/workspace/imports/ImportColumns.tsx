import { Button, Group, NativeSelect, Paper, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { useMoveImport } from '../../client/records/useImports.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { CancelImport } from './CancelImport.tsx'
import classes from './imports.module.css'

/** What each column is, guessed and changeable, and what no column brings. */
export function ImportColumns({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const { check } = useMoveImport(sheet.entity, sheet.id)
  const [mapping, setMapping] = useState(sheet.columns.map(({ target }) => target))
  const [fixed, setFixed] = useState(sheet.fixed)
  const [added, setAdded] = useState<string[]>(Object.keys(sheet.fixed))
  const open = sheet.targets.filter(({ name, list }) => !list && !mapping.includes(name))
  const asked = open.filter(({ name, required }) => required || added.includes(name))
  const optional = open.filter((target) => !asked.includes(target))
  const choices = sheet.targets.map(({ name, title, required }) => ({
    value: name,
    label: required ? `${title} *` : title,
  }))
  const given = Object.fromEntries(
    Object.entries(fixed).filter(([name, text]) => text.trim() && !mapping.includes(name)),
  )
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('staff.imports.rowsOf', { name: sheet.fileName, count: sheet.counts.rows })}</Text>
      <Paper p={{ base: 'md', sm: 'lg' }}>
        <Stack gap="sm">
          <div>
            <Title order={2} size="h4">
              {t('staff.imports.columns')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('staff.imports.columnsHelp')}
            </Text>
          </div>
          <div className={classes.columns}>
            {(['column', 'sample', 'target'] as const).map((head) => (
              <div key={head} className={classes.columnsHead}>
                {t(`staff.imports.${head}`)}
              </div>
            ))}
            {sheet.columns.map(({ title, samples }, index) => (
              <Fragment key={index}>
                <Text fw={500} className={classes.cell}>
                  {title || `(${index + 1})`}
                </Text>
                <Text size="sm" c="dimmed" className={classes.cell}>
                  {samples.filter(Boolean).slice(0, 2).join(' · ')}
                </Text>
                <NativeSelect
                  className={classes.lastCell}
                  aria-label={t('staff.imports.targetOf', { name: title || index + 1 })}
                  data={[{ value: '', label: t('staff.imports.skip') }, ...choices.filter(isFree(mapping, index))]}
                  value={mapping[index] ?? ''}
                  onChange={({ currentTarget }) =>
                    setMapping(mapping.map((name, at) => (at === index ? currentTarget.value || null : name)))
                  }
                />
              </Fragment>
            ))}
          </div>
        </Stack>
      </Paper>
      {open.length > 0 && (
        <Paper p={{ base: 'md', sm: 'lg' }}>
          <Stack gap="sm">
            <div>
              <Title order={2} size="h4">
                {t('staff.imports.fixed')}
              </Title>
              <Text size="sm" c="dimmed">
                {t('staff.imports.fixedHelp')}
              </Text>
            </div>
            {asked.map(({ name, title, required }) => (
              <TextInput
                key={name}
                label={title}
                maw={400}
                description={required ? t('staff.imports.missing') : undefined}
                value={fixed[name] ?? ''}
                onChange={({ currentTarget }) => setFixed({ ...fixed, [name]: currentTarget.value })}
              />
            ))}
            {optional.length > 0 && (
              <Select
                maw={400}
                searchable
                aria-label={t('staff.imports.addFixed')}
                placeholder={t('staff.imports.addFixed')}
                data={optional.map(({ name, title }) => ({ value: name, label: title }))}
                value={null}
                onChange={(name) => name && setAdded([...added, name])}
              />
            )}
          </Stack>
        </Paper>
      )}
      {check.error && <ErrorNote error={check.error} />}
      <Group gap={8}>
        <Button loading={check.isPending} onClick={() => check.mutate({ mapping, fixed: given })}>
          {t('staff.imports.check')}
        </Button>
        <CancelImport sheet={sheet} />
      </Group>
    </Stack>
  )
}

/** A field that another column has is not offered again. */
const isFree =
  (mapping: (string | null)[], index: number) =>
  ({ value }: { value: string }): boolean =>
    mapping.every((name, at) => at === index || name !== value)
