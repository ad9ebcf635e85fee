import { Button, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { Suspense, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import { useFormScope } from '../FormScope.ts'
import { RequestInPlace } from './RequestInPlace.ts'

interface RequestRecordProps {
  offer: { process: string; proposed: (typed: string) => JsonObject }
  /** What was typed when it was asked for; null: it was not. */
  asking: string | null
  onAsk: () => void
  /** Back to the field, once the window is gone. */
  onClosed: () => void
}

/** Under a reference of somebody who may not make what he misses: asks those who may, and says that it was sent. */
export function RequestRecord({ offer, asking, onAsk, onClosed }: RequestRecordProps) {
  const { t } = useTranslation()
  const { depth } = useFormScope()
  const RequestForm = useContext(RequestInPlace)
  const [sent, setSent] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mt={4}
        leftSection={<IconSend aria-hidden size={14} />}
        onClick={onAsk}
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
            onClose={onClosed}
            onSent={() => {
              setSent(true)
              onClosed()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
