import { Button, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { useCreateSubstitution, useSubstitutionChoices } from '../../client/people/useSubstitutions.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { DayInput } from './DayInput.tsx'

/** Names the substitute: for whom (oneself, or for the administrator anybody), who, from when to when, and of what. */
export function SubstitutionDialog(props: { me: SessionView['user']; mayForOthers: boolean; onClose: () => void }) {
  const { me, mayForOthers, onClose } = props
  const { t } = useTranslation()
  const { data: choices, error: loading } = useSubstitutionChoices()
  const create = useCreateSubstitution()
  const [absent, setAbsent] = useState<string | null>(me.id)
  const [substitute, setSubstitute] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const [roles, setRoles] = useState<string[]>([])
  const [processes, setProcesses] = useState<string[]>([])
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)

  const people = choices?.people ?? []
  const rolesOfAbsent = people.find(({ id }) => id === absent)?.roles ?? me.roles
  const options = (list: { key: string; title: string }[]) =>
    list.map(({ key, title }) => ({ value: key, label: title }))
  const persons = people.map(({ id, name }) => ({ value: id, label: name }))
  const refused = create.error instanceof ApiError ? create.error.issues : []
  const missing = (value: string | null) => (tried && !value ? t('staff.substitutions.form.missing') : undefined)
  const problemOf = (field: string, value: string | null = 'given') =>
    missing(value) ?? refused.find(({ path }) => path === field)?.message

  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!absent || !substitute || !from || !to) return
    const given = { substitute, from, to, roles, processes, ...(note.trim() ? { note: note.trim() } : {}) }
    create.mutate(absent === me.id ? given : { ...given, absent }, { onSuccess: onClose })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('staff.substitutions.add')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          {mayForOthers && (
            <Select
              label={t('staff.substitutions.form.absent')}
              data={persons}
              value={absent}
              error={problemOf('absent', absent)}
              searchable
              withAsterisk
              nothingFoundMessage={t('staff.substitutions.form.nobody')}
              onChange={(next) => {
                setAbsent(next)
                setRoles([])
              }}
            />
          )}
          <Select
            label={t('staff.substitutions.form.substitute')}
            description={t('staff.substitutions.form.substituteHelp')}
            data={persons.filter(({ value }) => value !== absent && (absent === me.id || value !== me.id))}
            value={substitute}
            error={problemOf('substitute', substitute)}
            searchable
            withAsterisk
            nothingFoundMessage={t('staff.substitutions.form.nobody')}
            onChange={setSubstitute}
          />
          <Group grow align="flex-start">
            <DayInput
              label={t('staff.substitutions.form.from')}
              value={from}
              error={problemOf('from', from)}
              onChange={setFrom}
            />
            <DayInput
              label={t('staff.substitutions.form.to')}
              value={to}
              error={problemOf('to', to)}
              onChange={setTo}
            />
          </Group>
          {rolesOfAbsent.length > 1 && (
            <MultiSelect
              label={t('staff.substitutions.form.roles')}
              placeholder={roles.length === 0 ? t('staff.substitutions.form.all') : undefined}
              data={options(rolesOfAbsent)}
              value={roles}
              error={problemOf('roles')}
              onChange={setRoles}
            />
          )}
          <MultiSelect
            label={t('staff.substitutions.form.processes')}
            placeholder={processes.length === 0 ? t('staff.substitutions.form.all') : undefined}
            data={options(choices?.processes ?? [])}
            value={processes}
            error={problemOf('processes')}
            onChange={setProcesses}
          />
          <TextInput
            label={t('staff.substitutions.form.note')}
            description={t('staff.substitutions.form.noteHelp')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {t('staff.substitutions.form.notice')}
          </Text>
          {loading && <ErrorNote error={loading} />}
          {create.error && refused.length === 0 && <ErrorNote error={create.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('staff.substitutions.form.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
