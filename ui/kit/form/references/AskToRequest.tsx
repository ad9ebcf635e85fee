import { Button, Text } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Nothing by the name that was typed, and this person may not make it: the button that asks those who may. */
export function AskToRequest({ onAsk }: { onAsk: () => void }) {
  const { t } = useTranslation()
  return (
    <div>
      <Text size="sm" mb={6}>
        {t('kit.form.nothingFound')}
      </Text>
      <Button
        size="compact-sm"
        variant="light"
        tabIndex={-1}
        leftSection={<IconSend aria-hidden size={14} />}
        // The list closes when the field loses the keyboard: not before this is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onAsk}
      >
        {t('kit.form.requestOffer')}
      </Button>
    </div>
  )
}
