import { Group } from '@mantine/core'
import { IconCloudCheck, IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DraftState } from '../../../client/drafts/useFormDraft.ts'
import { Moment } from '../../values/Moment.tsx'

/** "Guardado hace 3 s": that nothing typed is lost, and where it is. */
export function DraftNote({ state }: { state: DraftState }) {
  const { t } = useTranslation()
  if (state.status === 'idle') return null
  if (state.status === 'saving') return <>{t('kit.form.saving')}</>
  const Icon = state.status === 'saved' ? IconCloudCheck : IconCloudOff
  return (
    <Group gap={6} wrap="nowrap">
      <Icon aria-hidden size={16} />
      <span>
        {t(state.status === 'saved' ? 'kit.form.saved' : 'kit.form.savedHere')} <Moment at={state.at} />
      </span>
    </Group>
  )
}
