import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../kit/app/paths.ts'
import { EmptyNote } from '../kit/feedback/EmptyNote.tsx'

export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyNote title={t('portal.notFound.title')} text={t('portal.notFound.text')} icon={<IconMapOff size={24} />}>
      <Button component={Link} to={paths.home}>
        {t('portal.notFound.home')}
      </Button>
    </EmptyNote>
  )
}
