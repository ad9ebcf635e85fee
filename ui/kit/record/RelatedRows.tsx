import { ActionIcon, Button, Group, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import { useRecords } from '../../client/records/useRecords.ts'
import { AskToCreate } from '../form/references/AskToCreate.tsx'
import { relatedRoot } from '../form/sections/formSections.ts'
import { useFormPart, useFormScope } from '../form/FormScope.ts'
import { isEmpty, shownIssues } from '../form/state/formStore.ts'
import { labelFieldOf } from '../form/schema/labelFieldOf.ts'
import { CopyRowMenu } from './CopyRowMenu.tsx'
import { RelatedRowModal } from './RelatedRowModal.tsx'
import { provisionalLabel, rowsAt, type RelatedRow } from './relatedRow.ts'
import classes from './record.module.css'

/** Records that are made together with the one whose form this is: listed, added and mended before anything is saved. */
export function RelatedRows({ relation, entity }: { relation: EntityView['related'][number]; entity: EntityView }) {
  const { t } = useTranslation()
  const { store, depth, idPrefix, revealers } = useFormScope()
  const place = `${relatedRoot}.${relation.key}`
  const id = `${idPrefix}.${place}`
  const related = useFormPart((snapshot) => snapshot.raw[relatedRoot])
  const issues = useFormPart(shownIssues).filter((issue) => issue.path.startsWith(`${place}.`))
  const rows = rowsAt(related, relation.key)
  const copied = useFormPart((snapshot) => (relation.rows ? snapshot.raw[relation.rows.from] : undefined))
  const [editing, setEditing] = useState<{ at: number | null; data: RelatedRow['data'] } | null>(null)
  const title = t('kit.form.createNew', { context: entity.gender, what: entity.title })

  useEffect(() => {
    const reveal = (path: string) => {
      const [at = '0'] = path.slice(place.length + 1).split('.')
      const row = document.getElementById(`${id}.${at}`)
      row?.focus()
      return row !== null
    }
    revealers.set(place, reveal)
    return () => void revealers.delete(place)
  }, [revealers, place, id])

  const put = (next: RelatedRow[]) => store.set(place, next.length ? (next as never) : undefined)
  const label = labelFieldOf(entity)
  const create = (typed: string) => setEditing({ at: null, data: label && typed ? { [label]: typed } : {} })
  return (
    <div>
      <ExistingBox
        id={id}
        relation={relation}
        entity={entity}
        taken={rows.flatMap((row) => row.id ?? [])}
        onCreate={create}
        onJoin={({ id, label }) => put([...rows, { id, label, data: {} }])}
      />
      <ol className={classes.relatedRows}>
        {rows.map((row, at) => {
          const wrong = issues.filter(
            (issue) => issue.path === `${place}.${at}` || issue.path.startsWith(`${place}.${at}.`),
          )
          return (
            <li key={at} className={classes.relatedRow}>
              <div>
                <Text size="sm" fw={500}>
                  {row.label}
                </Text>
                {wrong.map((issue, index) => (
                  <Text key={index} size="sm" c="var(--mantine-color-error)">
                    {issue.message}
                  </Text>
                ))}
              </div>
              <Group gap={4} wrap="nowrap">
                {row.id === undefined && (
                  <ActionIcon
                    id={`${id}.${at}`}
                    variant="default"
                    size={36}
                    aria-label={t('kit.record.editTitle', { name: row.label })}
                    onClick={() => setEditing({ at, data: row.data })}
                  >
                    <IconPencil aria-hidden size={16} />
                  </ActionIcon>
                )}
                <ActionIcon
                  {...(row.id === undefined ? {} : { id: `${id}.${at}` })}
                  variant="default"
                  size={36}
                  aria-label={t('kit.form.removeNamed', { name: row.label })}
                  onClick={() => {
                    put(rows.filter((_, index) => index !== at))
                    document.getElementById(id)?.focus()
                  }}
                >
                  <IconTrash aria-hidden size={16} />
                </ActionIcon>
              </Group>
            </li>
          )
        })}
      </ol>
      <Group gap={8}>
        <Button variant="light" leftSection={<IconPlus aria-hidden size={16} />} onClick={() => create('')}>
          {title}
        </Button>
        {relation.rows && copied !== undefined && (
          <CopyRowMenu
            relation={relation}
            parent={{ [relation.rows.from]: copied }}
            onChoose={(data) => setEditing({ at: null, data })}
          />
        )}
      </Group>
      {editing && (
        <RelatedRowModal
          entity={entity}
          relation={relation}
          title={editing.at === null ? title : t('kit.record.editTitle', { name: rows[editing.at]?.label ?? '' })}
          isNew={editing.at === null}
          data={editing.data}
          parent={store.getSnapshot().raw}
          depth={depth + 1}
          onClose={() => setEditing(null)}
          onDone={(data) => {
            const row = { data, label: provisionalLabel(entity, data) }
            put(editing.at === null ? [...rows, row] : rows.map((held, at) => (at === editing.at ? row : held)))
            setEditing(null)
          }}
        />
      )}
    </div>
  )
}

/** Looks whether there is one already. Nobody's is joined; those that are somebody's are shown, and cannot be taken. */
function ExistingBox(props: {
  id: string
  relation: EntityView['related'][number]
  entity: EntityView
  /** Ids of those that were chosen already. */
  taken: string[]
  onCreate: (typed: string) => void
  onJoin: (record: RecordView) => void
}) {
  const { id, relation, entity, taken, onCreate, onJoin } = props
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [q] = useDebouncedValue(typed.trim(), 250)
  const search = new URLSearchParams({ size: '30', ...(q ? { q } : {}) })
  const { data, isFetching: isAsking } = useRecords(entity.key, search.toString(), { enabled: open })
  const options = (data?.items ?? []).filter((record) => !taken.includes(record.id))
  const isFetching = isAsking || q !== typed.trim()
  const field = labelFieldOf(entity)
  const holderOf = ({ data: said, labels }: RecordView) => {
    const holder = said[relation.by]
    if (isEmpty(holder)) return ''
    const name = typeof holder === 'string' ? labels[relation.by]?.[holder] : undefined
    return name ? t('kit.form.belongsTo', { name }) : t('kit.form.belongsElsewhere')
  }
  return (
    <Select
      id={id}
      label={(field && entity.schema.properties?.[field]?.title) ?? entity.title}
      placeholder={t('kit.form.search')}
      mb="sm"
      data={options.map((record) => ({
        value: record.id,
        label: [record.label, holderOf(record)].filter(Boolean).join(' — '),
        disabled: !isEmpty(record.data[relation.by]) || !record.permissions.fields.includes(relation.by),
      }))}
      onChange={(next) => {
        const record = options.find((one) => one.id === next)
        if (!record) return
        setTyped('')
        onJoin(record)
      }}
      value={null}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      filter={({ options: found }) => found}
      nothingFoundMessage={
        isFetching || !typed.trim() ? (
          t('kit.loading')
        ) : (
          <AskToCreate entity={entity} onCreate={() => onCreate(typed.trim())} />
        )
      }
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || isFetching || options.length > 0 || !typed.trim()) return
        event.preventDefault()
        onCreate(typed.trim())
      }}
    />
  )
}
