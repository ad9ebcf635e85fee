import { Paper, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet } from 'react-router'
import { useSession } from '../../client/people/useSession.ts'
import { PageTitle } from '../app/PageTitle.tsx'
import { paths } from '../app/paths.ts'
import classes from './account.module.css'

const sections = [
  { to: paths.account, text: 'kit.account.data' },
  { to: paths.accountPassword, text: 'kit.account.password' },
  { to: paths.accountSecurity, text: 'kit.account.security' },
  { to: paths.accountSessions, text: 'kit.account.sessions' },
] as const

/** "Mi cuenta": one's own data, password, second factor and sessions; the same on both fronts. */
export function AccountPage() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  return (
    <Stack gap="md" maw={760}>
      <PageTitle title={t('kit.account.title')} />
      <nav className={classes.sections} aria-label={t('kit.account.nav')}>
        {sections.map(({ to, text }) => (
          <NavLink key={to} to={to} end className={classes.section}>
            {t(text)}
          </NavLink>
        ))}
        {session?.front === 'staff' && (
          <NavLink to={paths.substitutions} className={classes.section}>
            {t('kit.user.substitutions')}
          </NavLink>
        )}
      </nav>
      <Paper p={{ base: 'md', sm: 'lg' }}>
        <Outlet />
      </Paper>
    </Stack>
  )
}
