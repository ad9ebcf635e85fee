import { Center, Loader, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { EmptyNote } from '../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { usePacks, useStudioPack } from './pack/useStudioPack.ts'
import { StudioDesk } from './StudioDesk.tsx'

/** The analyst's studio. The address holds the pack, the open file and the step: `?pack=&file=&at=`. */
export function Studio() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const packs = usePacks()
  const name = search.get('pack') ?? packs.data?.[0]?.name
  const studio = useStudioPack(name)
  const error = packs.error ?? studio.error
  if (error) return <ErrorNote error={error} onRetry={() => void (packs.error ? packs.refetch() : studio.refetch())} />
  if (packs.data?.length === 0) return <EmptyNote title={t('studio.noPacks')} />
  if (!studio.data || !name)
    return (
      <Center h={240}>
        <Loader aria-label={t('studio.loading')} />
      </Center>
    )
  const chooser = packs.data && packs.data.length > 1 && (
    <Select
      size="sm"
      m={8}
      mb={0}
      aria-label={t('studio.pack')}
      data={packs.data.map((pack) => ({ value: pack.name, label: pack.title }))}
      value={name}
      allowDeselect={false}
      onChange={(value) => value && setSearch({ pack: value })}
    />
  )
  return <StudioDesk key={`${name} ${studio.dataUpdatedAt}`} name={name} data={studio.data} chooser={chooser} />
}
