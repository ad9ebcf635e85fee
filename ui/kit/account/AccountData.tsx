import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../client/people/useAccount.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { PersonalTools } from '../personal/PersonalTools.tsx'
import { formatDateTime } from '../values/formatValue.ts'
import classes from './account.module.css'

/** What the account says about its owner. */
export function AccountData() {
  const { t } = useTranslation()
  const { data, error, refetch } = useAccount()
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={160} aria-busy />
  const rows: [string, string][] = [
    [t('kit.account.name'), data.name],
    [t('kit.account.email'), data.email],
    [t('kit.account.roles'), data.roles.map(({ title }) => title).join(', ')],
    [t('kit.account.passwordSetAt'), data.passwordSetAt ? formatDateTime(data.passwordSetAt) : t('kit.account.never')],
  ]
  return (
    <>
      <dl className={classes.data}>
        {rows.map(([title, value]) => (
          <div key={title} style={{ display: 'contents' }}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <PersonalTools />
    </>
  )
}
