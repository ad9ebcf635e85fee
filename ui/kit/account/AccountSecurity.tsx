import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  useAccount,
  useRemoveSecondFactor,
  useRenewRecoveryCodes,
  useSecondFactorDone,
} from '../../client/people/useAccount.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { formatDateTime } from '../values/formatValue.ts'
import { RecoveryCodeList } from './RecoveryCodeList.tsx'
import { SecondFactorSetup } from './SecondFactorSetup.tsx'

/** The own second factor: what it is, switching it on and off, new recovery codes. */
export function AccountSecurity() {
  const { t } = useTranslation()
  const { data, error, refetch } = useAccount()
  const remove = useRemoveSecondFactor()
  const renew = useRenewRecoveryCodes()
  const done = useSecondFactorDone()
  const [codes, setCodes] = useState<string[] | null>(null)
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={160} aria-busy />
  const { policy, method, since, recoveryLeft } = data.secondFactor
  if (policy === 'off' && !method) return <Text>{t('kit.factor.off')}</Text>
  if (codes)
    return (
      <RecoveryCodeList
        codes={codes}
        onDone={() => {
          setCodes(null)
          void done()
        }}
      />
    )
  const ask = (title: string, text: string, onConfirm: () => void) =>
    modals.openConfirmModal({ title, children: <Text>{text}</Text>, onConfirm })
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('kit.factor.text')}</Text>
      <Group gap={8}>
        <Badge variant="light" color={method ? 'green' : 'gray'} tt="none" c={method ? '#14532d' : '#343a40'}>
          {t(method ? 'kit.factor.isOn' : 'kit.factor.isOff')}
        </Badge>
        {policy === 'required' && <Text size="sm">{t('kit.factor.required')}</Text>}
      </Group>
      {(remove.error ?? renew.error) && <ErrorNote error={remove.error ?? renew.error} />}
      {method ? (
        <>
          <Text>
            {t(method === 'app' ? 'kit.factor.byApp' : 'kit.factor.byMail')}
            {since && ` · ${t('kit.factor.since', { date: formatDateTime(since) })}`}
            {` · ${t('kit.factor.left', { count: recoveryLeft })}`}
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              loading={renew.isPending}
              onClick={() =>
                ask(t('kit.factor.renewTitle'), t('kit.factor.renewText'), () =>
                  renew.mutate(undefined, { onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes) }),
                )
              }
            >
              {t('kit.factor.renew')}
            </Button>
            {policy !== 'required' && (
              <Button
                variant="default"
                loading={remove.isPending}
                onClick={() => ask(t('kit.factor.removeTitle'), t('kit.factor.removeText'), () => remove.mutate())}
              >
                {t('kit.factor.remove')}
              </Button>
            )}
          </Group>
        </>
      ) : (
        <SecondFactorSetup onCodes={setCodes} />
      )}
    </Stack>
  )
}
