import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSecondFactorDone } from '../../client/people/useAccount.ts'
import { useSignOut } from '../../client/people/useSession.ts'
import { RecoveryCodeList } from '../account/RecoveryCodeList.tsx'
import { SecondFactorSetup } from '../account/SecondFactorSetup.tsx'
import { EntranceCard } from './EntranceCard.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'

/** Between password and work, where the policy demands a second factor that is not set up yet. */
export function EnrollPage() {
  const { t } = useTranslation()
  const signOut = useSignOut()
  const done = useSecondFactorDone()
  const [codes, setCodes] = useState<string[] | null>(null)
  const title = t('kit.entrance.enrollTitle')
  return (
    <EntranceFrame title={title}>
      <EntranceCard title={title} text={codes ? undefined : t('kit.entrance.enrollText')}>
        {codes ? (
          <RecoveryCodeList codes={codes} onDone={() => void done()} />
        ) : (
          <>
            <SecondFactorSetup onCodes={setCodes} />
            <Button variant="subtle" onClick={() => signOut.mutate()}>
              {t('kit.entrance.signOut')}
            </Button>
          </>
        )}
      </EntranceCard>
    </EntranceFrame>
  )
}
