import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { AppProviders } from '../kit/app/AppProviders.tsx'
import { brand } from './brand.ts'
import { router } from './router.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <AppProviders brand={brand}>
      <RouterProvider router={router} />
    </AppProviders>
  </StrictMode>,
)
