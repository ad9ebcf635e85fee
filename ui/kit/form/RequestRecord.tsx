import { Button, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { Suspense, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import { useFormScope } from './FormScope.ts'
import { RequestInPlace } from './RequestInPlace.ts'

interface RequestRecordProps {
  offer: { process: string; proposed: (typed: string) => JsonObject }
  /** What was searched for in vain. */
  typed: string
  /** Back to the field, once the window is gone. */
  onClosed: () => void
}

/** Under a reference of somebody who may not make what he misses: asks those who may, and says that it was sent. */
export function RequestRecord({ offer, typed, onClosed }: RequestRecordProps) {
  const { t } = useTranslation()
  const { depth } = useFormScope()
  const RequestForm = useContext(RequestInPlace)
  /** What was typed when it was asked for; null: it was not. */
  const [asking, setAsking] = useState<string | null>(null)
  const [sent, setSent] = useState(false)
  const close = () => {
    setAsking(null)
    onClosed()
  }
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mt={4}
        leftSection={<IconSend aria-hidden size={14} />}
        // What was typed is still in the field while this is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setAsking(typed)}
      >
        {t('kit.form.requestOffer')}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {sent && t('kit.form.requested')}
      </Text>
      {asking !== null && RequestForm && (
        <Suspense fallback={null}>
          <RequestForm
            process={offer.process}
            depth={depth + 1}
            data={offer.proposed(asking)}
            onClose={close}
            onSent={() => {
              setSent(true)
              close()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
