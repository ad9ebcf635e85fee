import { Alert, Paper, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { SettingsView } from '#engine/contract'
import { foldText, type FormSchema } from '#forms'
import { useSettings } from '../../client/administration/useSettings.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { QuickSearch } from '../../kit/list/QuickSearch.tsx'
import { SettingsForm } from './SettingsForm.tsx'

/** From this many tabs on, people look for a setting by its name. */
const MANY = 5

/** What a setting can be found by: its tab, its name, its help. */
const textOf = ({ title, form }: SettingsView): string => foldText([title, ...namesIn(form.schema)].join(' '))
const namesIn = (schema: FormSchema): string[] =>
  Object.values(schema.properties ?? {}).flatMap((property) => [
    property.title ?? '',
    property.description ?? '',
    ...namesIn(property.items ?? property),
  ])

/** Configuración: a tab for each part that this person may change; the address holds the tab. */
export function SettingsPage() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { data, error, refetch } = useSettings()
  const [saved, setSaved] = useState<string | null>(null)
  const [sought, setSought] = useState('')
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={400} aria-busy />
  const keyOf = ({ pack, tab }: { pack: string; tab: string }) => `${pack}.${tab}`
  const found = data.filter((view) => textOf(view).includes(foldText(sought.trim())))
  const chosen = found.find((view) => keyOf(view) === search.get('tab')) ?? found[0]
  return (
    <Stack gap="md" maw={900}>
      <PageTitle title={t('staff.settings.title')} />
      {data.length >= MANY && <QuickSearch value={sought} label={t('staff.settings.search')} onChange={setSought} />}
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
            {found.map((view) => (
              <Tabs.Tab key={keyOf(view)} value={keyOf(view)}>
                {view.title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {found.map((view) => (
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
        <EmptyNote
          title={t(data.length ? 'kit.list.nothingMatches' : 'staff.settings.none')}
          text={t(data.length ? 'staff.settings.searchText' : 'staff.settings.noneText')}
        />
      )}
    </Stack>
  )
}
