import { Alert, Paper, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSettings } from '../../client/useSettings.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { SettingsForm } from './SettingsForm.tsx'

/** Configuración: a tab for each part that this person may change; the address holds the tab. */
export function SettingsPage() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { data, error, refetch } = useSettings()
  const [saved, setSaved] = useState<string | null>(null)
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={400} aria-busy />
  const keyOf = ({ pack, tab }: { pack: string; tab: string }) => `${pack}.${tab}`
  const chosen = data.find((view) => keyOf(view) === search.get('tab')) ?? data[0]
  return (
    <Stack gap="md" maw={900}>
      <PageTitle title={t('staff.settings.title')} />
      {chosen ? (
        <Tabs
          value={keyOf(chosen)}
          keepMounted={false}
          onChange={(tab) => {
            setSaved(null)
            setSearch(tab ? { tab } : {}, { replace: true, preventScrollReset: true })
          }}
          variant="pills"
        >
          <Tabs.List aria-label={t('staff.settings.title')} mb="md">
            {data.map((view) => (
              <Tabs.Tab key={keyOf(view)} value={keyOf(view)}>
                {view.title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {data.map((view) => (
            <Tabs.Panel key={keyOf(view)} value={keyOf(view)}>
              {saved === keyOf(view) && (
                <Alert role="status" color="green" mb="md">
                  <Text size="sm" c="#14532d">
                    {t('staff.settings.saved')}
                  </Text>
                </Alert>
              )}
              <Paper p={{ base: 'md', sm: 'lg' }} pb={0}>
                <SettingsForm key={view.revision} view={view} onSaved={() => setSaved(keyOf(view))} />
              </Paper>
            </Tabs.Panel>
          ))}
        </Tabs>
      ) : (
        <EmptyNote title={t('staff.settings.none')} text={t('staff.settings.noneText')} />
      )}
    </Stack>
  )
}
