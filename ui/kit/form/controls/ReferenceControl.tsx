import { Button, Loader, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Suspense, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { useEntity } from '../../../client/useEntities.ts'
import { annotationOf } from '../annotationOf.ts'
import { AskToCreate } from '../AskToCreate.tsx'
import { AskToRequest } from '../AskToRequest.tsx'
import { CreateInPlace } from '../CreateInPlace.ts'
import { useFormScope } from '../FormScope.ts'
import { labelFieldOf } from '../labelFieldOf.ts'
import { RequestRecord } from '../RequestRecord.tsx'
import { useReferenceOptions } from '../useReferenceOptions.ts'
import { useRequestOffer } from '../useRequestOffer.ts'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** Points at a record: search as you type, code and name shown, and creation without leaving the window. */
export function ReferenceControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, labels, siblings } = props
  const { t } = useTranslation()
  const { depth } = useFormScope()
  const rule = annotationOf(schema, 'x-ref')!
  const [typed, setTyped] = useState('')
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<Record<string, string>>({})
  /** What was typed when creation was asked for; null: it was not. */
  const [creating, setCreating] = useState<string | null>(null)
  const held = typeof value === 'string' ? value : null
  const heldLabel = held ? (chosen[held] ?? labels[held] ?? null) : null
  const { options, isFetching } = useReferenceOptions(props, typed === heldLabel ? '' : typed, open)
  const data = options.map((record) => ({ value: record.id, label: record.label }))
  if (held && !data.some((option) => option.value === held))
    data.unshift({ value: held, label: heldLabel ?? t('kit.value.noAccess') })

  const CreateRecord = useContext(CreateInPlace)
  const creatable = CreateRecord !== null && typeof rule.create === 'string' && depth < 2
  const { data: entity, isLoading } = useEntity(creatable ? (rule.entity as string) : undefined)
  const offered = creatable && entity?.may.create === true && entity.form !== null
  const isUnknown = offered && typed.trim() !== '' && typed !== heldLabel && !isFetching && options.length === 0
  const request = useRequestOffer(rule)
  const [asking, setAsking] = useState<string | null>(null)
  const mayRequest = request !== null && !offered && !held && !isLoading
  const ask = () => setAsking(typed === heldLabel ? '' : typed.trim())
  const isAsked = mayRequest && typed.trim() !== '' && !isFetching && options.length === 0
  const called = typeof rule.named === 'string' ? siblings[rule.named] : undefined
  const create = () =>
    setCreating((typed === heldLabel ? '' : typed.trim()) || (typeof called === 'string' ? called : ''))
  // Back to where the person was, once the window is gone.
  const returnHere = () => void setTimeout(() => document.getElementById(id)?.focus(), 0)
  const close = () => {
    setCreating(null)
    returnHere()
  }
  return (
    <>
      <Select
        {...wrapperProps(props)}
        id={id}
        data={data}
        value={held}
        onChange={(next, option) => {
          if (next && option) setChosen((before) => ({ ...before, [next]: option.label }))
          onChange(next ?? undefined)
        }}
        searchable
        selectFirstOptionOnChange
        onSearchChange={setTyped}
        onDropdownOpen={() => setOpen(true)}
        filter={({ options: found }) => found}
        rightSection={isFetching && open ? <Loader size={14} /> : undefined}
        onBlur={onBlur}
        placeholder={t('kit.form.search')}
        clearable={!required}
        allowDeselect={false}
        clearButtonProps={{ 'aria-label': t('kit.form.clear'), tabIndex: 0, 'aria-hidden': false, size: 'md' }}
        nothingFoundMessage={
          isFetching ? (
            t('kit.loading')
          ) : isUnknown ? (
            <AskToCreate entity={entity} onCreate={create} />
          ) : isAsked ? (
            <AskToRequest onAsk={ask} />
          ) : (
            t('kit.form.nothingFound')
          )
        }
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(isUnknown || isAsked)) return
          event.preventDefault()
          if (isUnknown) create()
          else ask()
        }}
        checkIconPosition="right"
        aria-required={required}
      />
      {offered && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt={4}
          leftSection={<IconPlus aria-hidden size={14} />}
          onClick={create}
        >
          {t('kit.form.createNew', { context: entity.gender, what: entity.title })}
        </Button>
      )}
      {mayRequest && (
        <RequestRecord
          offer={request}
          asking={asking}
          onAsk={ask}
          onClosed={() => {
            setAsking(null)
            returnHere()
          }}
        />
      )}
      {creating !== null && entity && CreateRecord && (
        <Suspense fallback={null}>
          <CreateRecord
            entity={entity}
            depth={depth + 1}
            data={proposedFor(entity, creating)}
            onClose={close}
            onCreated={(record) => {
              setChosen((before) => ({ ...before, [record.id]: record.label }))
              onChange(record.id)
              close()
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** What was searched for in vain is what the new record is to be called. */
function proposedFor(entity: EntityView, typed: string): JsonObject {
  const field = labelFieldOf(entity)
  return field && typed ? { [field]: typed } : {}
}
