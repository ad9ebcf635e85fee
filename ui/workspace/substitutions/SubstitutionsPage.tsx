import { Button, Skeleton, Stack, Tabs, Text } from '@mantine/core'
import { IconPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useSession } from '../../client/people/useSession.ts'
import { useSubstitutions } from '../../client/people/useSubstitutions.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { Pager } from '../../kit/list/Pager.tsx'
import { SubstitutionDialog } from './SubstitutionDialog.tsx'
import { SubstitutionItem } from './SubstitutionItem.tsx'
import boxedList from '../../kit/app/boxedList.module.css'

const size = 25

/** Who does whose work while he is away; the administrator sees everybody's. The address holds tab and page. */
export function SubstitutionsPage() {
  const { t } = useTranslation()
  const { data: session } = useSession()
  const [search, setSearch] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const mayAll = session?.may.includes('substitutions') ?? false
  const who = mayAll && search.get('de') === 'todos' ? 'all' : 'mine'
  const page = Number(search.get('page')) || 1
  const { data, error, isPending, refetch } = useSubstitutions({ who, page, size })
  const go = (next: string, to = 1) =>
    setSearch(
      { ...(next === 'all' ? { de: 'todos' } : {}), ...(to > 1 ? { page: String(to) } : {}) },
      { replace: true, preventScrollReset: true },
    )
  return (
    <Stack gap="md">
      <PageTitle
        title={t('staff.substitutions.title')}
        action={
          <Button leftSection={<IconPlus aria-hidden size={16} />} onClick={() => setAdding(true)}>
            {t('staff.substitutions.add')}
          </Button>
        }
      />
      <Text c="dimmed" maw={680}>
        {t('staff.substitutions.help')}
      </Text>
      {mayAll && (
        <Tabs value={who} onChange={(next) => go(next ?? 'mine')} variant="pills">
          <Tabs.List aria-label={t('staff.substitutions.title')}>
            <Tabs.Tab value="mine">{t('staff.substitutions.mine')}</Tabs.Tab>
            <Tabs.Tab value="all">{t('staff.substitutions.all')}</Tabs.Tab>
          </Tabs.List>
          {/* The list below is the panel of whichever tab is chosen. */}
          <Tabs.Panel value="mine">{null}</Tabs.Panel>
          <Tabs.Panel value="all">{null}</Tabs.Panel>
        </Tabs>
      )}
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Skeleton height={120} aria-busy />
      ) : data.items.length > 0 ? (
        <>
          <ul className={boxedList.boxed}>
            {data.items.map((substitution) => (
              <SubstitutionItem key={substitution.id} substitution={substitution} me={session?.user.id ?? ''} />
            ))}
          </ul>
          <Pager list={data} onPage={(to) => go(who, to)} />
        </>
      ) : (
        <EmptyNote
          title={t('staff.substitutions.empty')}
          text={t('staff.substitutions.emptyText')}
          icon={<IconUsers size={24} />}
        />
      )}
      {adding && session && (
        <SubstitutionDialog me={session.user} mayForOthers={mayAll} onClose={() => setAdding(false)} />
      )}
    </Stack>
  )
}
