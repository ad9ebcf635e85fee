import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import classes from './portal.module.css'

export function BackLink({ to, what }: { to: string; what: string }) {
  const { t } = useTranslation()
  return (
    <Link to={to} className={classes.back}>
      <IconArrowLeft aria-hidden size={18} />
      {t('portal.back', { what })}
    </Link>
  )
}
