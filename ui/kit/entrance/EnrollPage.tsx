import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSignOut } from '../../client/useSession.ts'
import { SecondFactorSetup } from '../account/SecondFactorSetup.tsx'
import { EntranceCard } from './EntranceCard.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'

/** Between password and work, where the policy demands a second factor that is not set up yet. */
export function EnrollPage() {
  const { t } = useTranslation()
  const signOut = useSignOut()
  const title = t('kit.entrance.enrollTitle')
  return (
    <EntranceFrame title={title}>
      <EntranceCard title={title} text={t('kit.entrance.enrollText')}>
        <SecondFactorSetup />
        <Button variant="subtle" onClick={() => signOut.mutate()}>
          {t('kit.entrance.signOut')}
        </Button>
      </EntranceCard>
    </EntranceFrame>
  )
}
