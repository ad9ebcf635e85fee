import { Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useLocation, useNavigation } from 'react-router'
import type { SessionView } from '#engine/contract'
import { Mark } from '../kit/app/Mark.tsx'
import { NoticeBell } from '../kit/app/NoticeBell.tsx'
import { paths } from '../kit/app/paths.ts'
import { UserMenu } from '../kit/app/UserMenu.tsx'
import { ErrorBoundary } from '../kit/feedback/ErrorBoundary.tsx'
import { ExportTray } from '../kit/list/exports/ExportTray.tsx'
import { ScanButton } from '../kit/qr/ScanButton.tsx'
import { portalLinks } from './portalLinks.ts'
import classes from './portal.module.css'

/** One column under one bar: the company's name, where to go, notices and the way out. */
export function PortalShell({ session }: { session: SessionView }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const loading = useNavigation().state === 'loading'
  const links = portalLinks(session.menus)
  const main = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(() => {
    if (first.current) first.current = false
    else main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [pathname])
  return (
    <div className={classes.shell}>
      <a className="cauce-skip" href="#contenido">
        {t('kit.skip')}
      </a>
      <header className={classes.top}>
        <div className={classes.bar}>
          <Link to={paths.home} className={classes.brand}>
            <Mark />
            <Text span fw={700} fz={17} truncate>
              {session.title}
            </Text>
          </Link>
          <Group gap={6} wrap="nowrap">
            {session.may.includes('scan') && <ScanButton size={44} />}
            <NoticeBell size={44} />
            <UserMenu session={session} />
          </Group>
        </div>
        {links.length > 1 && (
          <nav className={classes.links} aria-label={t('portal.menu')}>
            {links.map((link) => (
              <NavLink
                key={link.to}
                to={link.to}
                className={({ isActive }) => `${classes.link} ${isActive ? classes.active : ''}`}
                end={link.to === paths.home}
              >
                {link.title}
              </NavLink>
            ))}
          </nav>
        )}
      </header>
      <main id="contenido" ref={main} tabIndex={-1} className={classes.main} aria-busy={loading}>
        <ErrorBoundary resetKey={pathname}>
          <Outlet context={session} />
        </ErrorBoundary>
      </main>
      <ExportTray />
    </div>
  )
}
