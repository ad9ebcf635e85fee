import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation, useNavigation } from 'react-router'
import type { SessionView } from '#engine/contract'
import { Mark } from '../kit/app/Mark.tsx'
import { NoticeBell } from '../kit/app/NoticeBell.tsx'
import { paths } from '../kit/app/paths.ts'
import { ExportTray } from '../kit/list/exports/ExportTray.tsx'
import { ScanButton } from '../kit/qr/ScanButton.tsx'
import { UserMenu } from '../kit/app/UserMenu.tsx'
import { ErrorBoundary } from '../kit/feedback/ErrorBoundary.tsx'
import { BottomBar } from './BottomBar.tsx'
import { menuLinks } from './menuLinks.ts'
import { SearchEverywhere } from './SearchEverywhere.tsx'
import { SideMenu } from './SideMenu.tsx'
import classes from './shell.module.css'

/** Menu, top bar and the page: landmarks, a skip link, and a bottom bar on a phone. */
export function Shell({ session }: { session: SessionView }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const [small, setSmall] = useLocalStorage({ key: 'cauce.menu', defaultValue: false })
  const { pathname } = useLocation()
  const loading = useNavigation().state === 'loading'
  const groups = menuLinks(session, {
    inbox: t('staff.menu.inbox'),
    operations: t('staff.menu.operations'),
    reports: t('staff.menu.reports'),
    audit: t('staff.menu.audit'),
    roles: t('staff.menu.roles'),
    catalogs: t('staff.menu.catalogs'),
    calendar: t('staff.menu.calendar'),
    settings: t('staff.menu.settings'),
    studio: t('staff.menu.studio'),
  })
  const main = useRef<HTMLElement>(null)

  // A new page starts at its top, and the keyboard with it.
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [pathname])

  return (
    <div className={classes.shell} data-small={small || undefined}>
      <a className="cauce-skip" href="#contenido">
        {t('kit.skip')}
      </a>
      <header className={classes.top}>
        <Group
          gap={10}
          wrap="nowrap"
          component={Link}
          {...({ to: paths.home } as object)}
          className={classes.brand}
          aria-label={session.title}
        >
          <Mark />
          <Text fw={700} fz={16} truncate>
            {session.title}
          </Text>
        </Group>
        {session.demo && (
          <Text size="xs" className={classes.demo}>
            {t('staff.demo')}
          </Text>
        )}
        <div className={classes.grow} />
        <SearchEverywhere session={session} links={groups.flatMap((group) => group.links)} />
        {session.may.includes('scan') && <ScanButton />}
        <NoticeBell />
        <UserMenu session={session} />
      </header>
      {!narrow && (
        <nav className={classes.side} aria-label={t('staff.menu.label')}>
          <SideMenu groups={groups} small={small} />
          <Tooltip label={t(small ? 'staff.menu.expand' : 'staff.menu.collapse')} position="right">
            <ActionIcon
              className={classes.collapse}
              variant="subtle"
              color="gray"
              aria-label={t(small ? 'staff.menu.expand' : 'staff.menu.collapse')}
              onClick={() => setSmall(!small)}
            >
              {small ? (
                <IconLayoutSidebarLeftExpand aria-hidden size={18} />
              ) : (
                <IconLayoutSidebarLeftCollapse aria-hidden size={18} />
              )}
            </ActionIcon>
          </Tooltip>
        </nav>
      )}
      <main id="contenido" ref={main} tabIndex={-1} className={classes.main} aria-busy={loading}>
        <ExportTray />
        <ErrorBoundary resetKey={pathname}>
          <Outlet context={session} />
        </ErrorBoundary>
      </main>
      {narrow && <BottomBar groups={groups} />}
    </div>
  )
}
