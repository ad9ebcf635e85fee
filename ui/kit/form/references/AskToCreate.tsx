import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { lowerFirst } from '#forms'

/** Nothing by the name that was typed: asks whether to make it, with the button that does (FM-D-043). */
export function AskToCreate({ entity, onCreate }: { entity: EntityView; onCreate: () => void }) {
  const { t } = useTranslation()
  return (
    <div>
      <Text size="sm" mb={6}>
        {t('kit.form.askNew', { context: entity.gender, what: lowerFirst(entity.title) })}
      </Text>
      <Button
        size="compact-sm"
        variant="light"
        tabIndex={-1}
        leftSection={<IconPlus aria-hidden size={14} />}
        // The list closes when the field loses the keyboard: not before this is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onCreate}
      >
        {t('kit.form.createNew', { context: entity.gender, what: entity.title })}
      </Button>
    </div>
  )
}
