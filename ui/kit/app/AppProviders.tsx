import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import './app.css'
import 'dayjs/locale/es'
import { MantineProvider, mergeThemeOverrides, type MantineThemeOverride } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { ModalsProvider } from '@mantine/modals'
import { QueryClientProvider } from '@tanstack/react-query'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat.js'
import { setNonce } from 'get-nonce'
import { lazy, useMemo, useState, type ReactNode } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { createQueryClient } from '../../client/http/createQueryClient.ts'
import { setUpTexts } from '../../texts/setUpTexts.ts'
import { CreateInPlace } from '../form/references/CreateInPlace.ts'
import { RequestInPlace } from '../form/references/RequestInPlace.ts'
import { ExportsInHand } from '../list/exports/ExportsInHand.tsx'
import { PasswordPrompt } from './PasswordPrompt.tsx'
import { cssVariables, theme } from './theme.ts'

// Forms are heavy: they load with the first page that shows one.
const CreateRecordModal = lazy(() => import('../record/CreateRecordModal.tsx'))
const RequestRecordModal = lazy(() => import('../record/RequestRecordModal.tsx'))

dayjs.extend(customParseFormat)
const texts = setUpTexts()

/** The style nonce the server put into the page; styles made at run time carry it (strict CSP). */
function pageNonce(): string | undefined {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
  return nonce && !nonce.startsWith('__') ? nonce : undefined
}
const nonce = pageNonce()
if (nonce) setNonce(nonce)

/** What every page of both fronts stands in: theme, texts, dates, server state, confirmations. */
export function AppProviders({ children, brand }: { children: ReactNode; brand?: MantineThemeOverride }) {
  const [client] = useState(createQueryClient)
  const branded = useMemo(() => (brand ? mergeThemeOverrides(theme, brand) : theme), [brand])
  return (
    <I18nextProvider i18n={texts}>
      <QueryClientProvider client={client}>
        <MantineProvider
          theme={branded}
          forceColorScheme="light"
          cssVariablesResolver={cssVariables}
          {...(nonce ? { getStyleNonce: () => nonce } : {})}
        >
          <LocalisedDates>
            <CreateInPlace value={CreateRecordModal}>
              <RequestInPlace value={RequestRecordModal}>
                <ExportsInHand>{children}</ExportsInHand>
              </RequestInPlace>
            </CreateInPlace>
            <PasswordPrompt />
          </LocalisedDates>
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>
  )
}

function LocalisedDates({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation()
  return (
    <DatesProvider settings={{ locale: i18n.language === 'en' ? 'en' : 'es', firstDayOfWeek: 1 }}>
      <ModalsProvider
        labels={{ confirm: t('kit.confirm'), cancel: t('kit.cancel') }}
        modalProps={{ closeButtonProps: { 'aria-label': t('kit.close') } }}
      >
        {children}
      </ModalsProvider>
    </DatesProvider>
  )
}
