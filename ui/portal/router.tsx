import { createBrowserRouter } from 'react-router'
import { accountRoutes } from '../kit/account/accountRoutes.ts'
import { entranceRoutes } from '../kit/entrance/entranceRoutes.ts'
import { NotFound } from './NotFound.tsx'
import { PageFailure } from './PageFailure.tsx'
import { Portal } from './Portal.tsx'

/** Addresses of the portal: the ones of `paths`, as far as somebody from outside needs them. */
export const router = createBrowserRouter([
  ...entranceRoutes,
  {
    path: '/',
    Component: Portal,
    ErrorBoundary: PageFailure,
    HydrateFallback: () => null,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./HomePage.tsx')).HomePage }) },
      // Mails of the staff app and of the portal use the same addresses: the inbox is here the home page.
      { path: 'bandeja', lazy: async () => ({ Component: (await import('./HomePage.tsx')).HomePage }) },
      { path: 'registros/:entity', lazy: async () => ({ Component: (await import('./RecordsPage.tsx')).RecordsPage }) },
      { path: 'registros/:entity/:id', lazy: async () => ({ Component: (await import('./CasePage.tsx')).CasePage }) },
      {
        path: 'registros/:entity/:id/editar',
        lazy: async () => ({ Component: (await import('./EditRecordPage.tsx')).EditRecordPage }),
      },
      { path: 'tareas/:id', lazy: async () => ({ Component: (await import('./TaskPage.tsx')).TaskPage }) },
      { path: 'iniciar/:process', lazy: async () => ({ Component: (await import('./StartPage.tsx')).StartPage }) },
      {
        path: 'exportaciones',
        lazy: async () => ({ Component: (await import('../kit/list/exports/ExportsPage.tsx')).ExportsPage }),
      },
      { path: 'q/:code', lazy: async () => ({ Component: (await import('../kit/qr/QrPage.tsx')).QrPage }) },
      accountRoutes,
      { path: '*', Component: NotFound },
    ],
  },
])
