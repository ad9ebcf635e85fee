import type { RouteObject } from 'react-router'

/** "Mi cuenta", the same addresses on both fronts. */
export const accountRoutes: RouteObject = {
  path: 'cuenta',
  lazy: async () => ({ Component: (await import('./AccountPage.tsx')).AccountPage }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./AccountData.tsx')).AccountData }) },
    { path: 'contrasena', lazy: async () => ({ Component: (await import('./AccountPassword.tsx')).AccountPassword }) },
    { path: 'sesiones', lazy: async () => ({ Component: (await import('./AccountSessions.tsx')).AccountSessions }) },
    {
      path: 'verificacion',
      lazy: async () => ({ Component: (await import('./AccountSecurity.tsx')).AccountSecurity }),
    },
  ],
}
