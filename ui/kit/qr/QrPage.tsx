import { Button, Skeleton } from '@mantine/core'
import { IconQrcode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useParams } from 'react-router'
import { ApiError } from '../../client/http/ApiError.ts'
import { keys } from '../../client/http/keys.ts'
import { request } from '../../client/http/request.ts'
import { paths } from '../app/paths.ts'
import { EmptyNote } from '../feedback/EmptyNote.tsx'
import { PageError } from '../feedback/PageError.tsx'

/** The address on a label: goes to what carries the code, or says in plain words that nothing (of this person's) does. */
export function QrPage() {
  const { t } = useTranslation()
  const code = useParams().code ?? ''
  const { data, error, refetch } = useQuery({
    queryKey: keys.qr(code),
    // A label may have been stuck on something else since.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryFn: ({ signal }) => request('findByQr', { params: { code }, signal }),
  })
  if (data) return <Navigate replace to={paths.record(data.entity, data.id)} />
  if (error instanceof ApiError && error.code === 'thing.not-found')
    return (
      <EmptyNote
        order={1}
        icon={<IconQrcode size={24} />}
        title={t('kit.qr.unknown')}
        text={t('kit.qr.unknownText', { code })}
      >
        <Button component={Link} to={paths.home}>
          {t('kit.page.home')}
        </Button>
      </EmptyNote>
    )
  if (error) return <PageError error={error} onRetry={() => void refetch()} />
  return <Skeleton height={320} aria-busy />
}
