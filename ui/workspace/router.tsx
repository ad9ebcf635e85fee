import { createBrowserRouter, redirect } from 'react-router'
import { paths } from '../kit/app/paths.ts'
import { accountRoutes } from '../kit/account/accountRoutes.ts'
import { entranceRoutes } from '../kit/entrance/entranceRoutes.ts'
import { NotFound } from './NotFound.tsx'
import { PageFailure } from './PageFailure.tsx'
import { Workspace } from './Workspace.tsx'

/** Addresses of the staff app. Every page loads on its own, so that the first one is quick. */
export const router = createBrowserRouter([
  ...entranceRoutes,
  {
    path: '/',
    Component: Workspace,
    ErrorBoundary: PageFailure,
    HydrateFallback: () => null,
    children: [
      { index: true, loader: () => redirect(paths.inbox), Component: () => null },
      { path: 'bandeja', lazy: async () => ({ Component: (await import('../inbox/Inbox.tsx')).Inbox }) },
      { path: 'tareas/:id', lazy: async () => ({ Component: (await import('../inbox/TaskPage.tsx')).TaskPage }) },
      { path: 'registros/:entity', lazy: async () => ({ Component: (await import('./RecordsPage.tsx')).RecordsPage }) },
      {
        path: 'registros/:entity/nuevo',
        lazy: async () => ({ Component: (await import('./NewRecordPage.tsx')).NewRecordPage }),
      },
      {
        path: 'registros/:entity/importar',
        lazy: async () => ({ Component: (await import('./imports/ImportPage.tsx')).ImportPage }),
      },
      {
        path: 'registros/:entity/:id',
        lazy: async () => ({ Component: (await import('./RecordPage.tsx')).RecordPage }),
      },
      {
        path: 'registros/:entity/:id/editar',
        lazy: async () => ({ Component: (await import('./EditRecordPage.tsx')).EditRecordPage }),
      },
      {
        path: 'registros/:entity/:id/imprimir',
        lazy: async () => ({ Component: (await import('./PrintRecordPage.tsx')).PrintRecordPage }),
      },
      { path: 'iniciar/:process', lazy: async () => ({ Component: (await import('./StartPage.tsx')).StartPage }) },
      {
        path: 'operacion',
        lazy: async () => ({ Component: (await import('./operations/OperationsPage.tsx')).OperationsPage }),
      },
      {
        path: 'sustituciones',
        lazy: async () => ({ Component: (await import('./substitutions/SubstitutionsPage.tsx')).SubstitutionsPage }),
      },
      {
        path: 'reportes',
        lazy: async () => ({ Component: (await import('./reports/ReportsPage.tsx')).ReportsPage }),
      },
      {
        path: 'reportes/:report',
        lazy: async () => ({ Component: (await import('./reports/ReportPage.tsx')).ReportPage }),
      },
      { path: 'auditoria', lazy: async () => ({ Component: (await import('./audit/AuditPage.tsx')).AuditPage }) },
      {
        path: 'configuracion/calendario',
        lazy: async () => ({ Component: (await import('./calendar/CalendarPage.tsx')).CalendarPage }),
      },
      {
        path: 'exportaciones',
        lazy: async () => ({ Component: (await import('../kit/list/exports/ExportsPage.tsx')).ExportsPage }),
      },
      { path: 'q/:code', lazy: async () => ({ Component: (await import('../kit/qr/QrPage.tsx')).QrPage }) },
      {
        path: 'datos/catalogos',
        lazy: async () => ({ Component: (await import('./catalogs/CatalogsPage.tsx')).CatalogsPage }),
      },
      {
        path: 'datos/catalogos/:catalog',
        lazy: async () => ({ Component: (await import('./catalogs/CatalogPage.tsx')).CatalogPage }),
      },
      { path: 'roles', lazy: async () => ({ Component: (await import('./roles/RolesPage.tsx')).RolesPage }) },
      { path: 'estudio/*', lazy: async () => ({ Component: (await import('../studio/Studio.tsx')).Studio }) },
      accountRoutes,
      {
        path: 'configuracion',
        lazy: async () => ({ Component: (await import('./settings/SettingsPage.tsx')).SettingsPage }),
      },
      { path: '*', Component: NotFound },
    ],
  },
])
