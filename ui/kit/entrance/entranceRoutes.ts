import type { RouteObject } from 'react-router'

/** Pages for people who are not signed in; the same addresses on both fronts, as mails name them. */
export const entranceRoutes: RouteObject[] = [
  {
    path: '/contrasena',
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('./NewPasswordPage.tsx')).NewPasswordPage }),
  },
  {
    path: '/solicitar/:process',
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('./PublicFormPage.tsx')).PublicFormPage }),
  },
  {
    path: '/contrasena/olvidada',
    HydrateFallback: () => null,
    lazy: async () => ({ Component: (await import('./ForgottenPasswordPage.tsx')).ForgottenPasswordPage }),
  },
]
