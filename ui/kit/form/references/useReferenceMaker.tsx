import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Suspense, useContext, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { useEntity } from '../../../client/records/useEntities.ts'
import { AskToCreate } from './AskToCreate.tsx'
import { AskToRequest } from './AskToRequest.tsx'
import type { ControlProps } from '../controls/ControlProps.ts'
import { CreateInPlace } from './CreateInPlace.ts'
import { useFormScope } from '../FormScope.ts'
import { labelFieldOf } from '../schema/labelFieldOf.ts'
import { RequestRecord } from './RequestRecord.tsx'
import { useRequestOffer } from './useRequestOffer.ts'

interface Asked extends Pick<ControlProps, 'id' | 'siblings'> {
  rule: Record<string, unknown>
  /** What is searched for; empty where that is only the name of what is held. */
  typed: string
  /** Nothing more is asked of others once something is chosen. */
  isFilled: boolean
  isFetching: boolean
  found: number
  onMade: (record: RecordView) => void
}

interface Maker {
  /** In the open list, where nothing was found. */
  nothingFound: ReactNode
  /** Enter, where nothing was found, does what the button there does. */
  onKeyDown: (event: KeyboardEvent) => void
  /** Under the field: the button, and the window it opens. */
  below: ReactNode
}

/** How a field that points at records lets one be made, or asked for, without leaving the form. */
export function useReferenceMaker({ id, siblings, rule, typed, isFilled, isFetching, found, onMade }: Asked): Maker {
  const { t } = useTranslation()
  const { depth } = useFormScope()
  const CreateRecord = useContext(CreateInPlace)
  /** What was typed when it was asked for; null: it was not. */
  const [creating, setCreating] = useState<string | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  const creatable = CreateRecord !== null && typeof rule.create === 'string' && depth < 2
  const { data: entity, isLoading } = useEntity(creatable ? (rule.entity as string) : undefined)
  const offered = creatable && entity?.may.create === true && entity.form !== null
  const request = useRequestOffer(rule)
  const mayRequest = request !== null && !offered && !isFilled && !isLoading
  const isMissing = typed.trim() !== '' && !isFetching && found === 0
  const isUnknown = offered && isMissing
  const isAsked = mayRequest && isMissing
  const called = typeof rule.named === 'string' ? siblings[rule.named] : undefined
  const create = () => setCreating(typed.trim() || (typeof called === 'string' ? called : ''))
  const ask = () => setAsking(typed.trim())
  // Back to where the person was, once the window is gone.
  const returnHere = () => void setTimeout(() => document.getElementById(id)?.focus(), 0)
  const close = () => {
    setCreating(null)
    returnHere()
  }
  return {
    nothingFound: isFetching ? (
      t('kit.loading')
    ) : isUnknown ? (
      <AskToCreate entity={entity} onCreate={create} />
    ) : isAsked ? (
      <AskToRequest onAsk={ask} />
    ) : (
      t('kit.form.nothingFound')
    ),
    onKeyDown: (event) => {
      if (event.key !== 'Enter' || !(isUnknown || isAsked)) return
      event.preventDefault()
      if (isUnknown) create()
      else ask()
    },
    below: (
      <>
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
                onMade(record)
                close()
              }}
            />
          </Suspense>
        )}
      </>
    ),
  }
}

/** What was searched for in vain is what the new record is to be called. */
function proposedFor(entity: EntityView, typed: string): JsonObject {
  const field = labelFieldOf(entity)
  return field && typed ? { [field]: typed } : {}
}
