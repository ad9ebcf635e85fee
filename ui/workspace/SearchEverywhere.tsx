import { ActionIcon, Button, Kbd, Loader, Modal, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { SessionView } from '#engine/contract'
import { foldText } from '#forms'
import { keys } from '../client/keys.ts'
import { request } from '../client/request.ts'
import { useEntities } from '../client/useEntities.ts'
import { paths } from '../kit/app/paths.ts'
import type { MenuLink } from './menuLinks.ts'
import classes from './search.module.css'

interface Hit {
  to: string
  title: string
  kind: string
}

/** Ctrl+K: records of every kind the person may read, and places of the menu. Accents do not matter. */
export function SearchEverywhere({ session, links }: { session: SessionView; links: MenuLink[] }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const [open, setOpen] = useState(false)
  useHotkeys([['mod+K', () => setOpen(true)]], [])
  return (
    <>
      {narrow ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('staff.search.open')}
          onClick={() => setOpen(true)}
        >
          <IconSearch aria-hidden size={20} />
        </ActionIcon>
      ) : (
        <Button
          variant="default"
          justify="flex-start"
          className={classes.trigger}
          leftSection={<IconSearch aria-hidden size={16} />}
          rightSection={<Kbd size="xs">Ctrl K</Kbd>}
          onClick={() => setOpen(true)}
        >
          {t('staff.search.open')}
        </Button>
      )}
      {open && (
        <Modal.Root opened onClose={() => setOpen(false)} size="lg" yOffset="10vh">
          <Modal.Overlay />
          <Modal.Content aria-label={t('staff.search.open')}>
            <Modal.Body p={0}>
              <SearchBox session={session} links={links} onDone={() => setOpen(false)} />
            </Modal.Body>
          </Modal.Content>
        </Modal.Root>
      )}
    </>
  )
}

function SearchBox({ session, links, onDone }: { session: SessionView; links: MenuLink[]; onDone: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { data: entities } = useEntities()
  const searched = useMemo(() => {
    // What the menu offers comes first; the rest of what may be read follows.
    const inMenu = session.menus.flatMap((menu) =>
      menu.items.filter((item) => item.kind === 'entity').map((item) => item.key),
    )
    return [...(entities ?? [])].sort((a, b) => rank(inMenu, a.key) - rank(inMenu, b.key)).slice(0, 8)
  }, [entities, session.menus])
  const found = useQueries({
    queries: searched.map((entity) => {
      const search = new URLSearchParams({ q, size: '5' }).toString()
      return {
        queryKey: keys.recordList(entity.key, search),
        enabled: q.length >= 2,
        queryFn: ({ signal }: { signal: AbortSignal }) =>
          request('listRecords', { params: { entity: entity.key }, query: new URLSearchParams(search), signal }),
      }
    }),
  })
  const hits: Hit[] = [
    ...links
      .filter((link) => foldText(link.title).includes(foldText(typed.trim())))
      .map((link) => ({ to: link.to, title: link.title, kind: t('staff.search.place') })),
    ...(q.length >= 2
      ? found.flatMap((answer, index) =>
          (answer.data?.items ?? []).map((record) => ({
            to: paths.record(record.entity, record.id),
            title: record.label,
            kind: searched[index]!.title,
          })),
        )
      : []),
  ]
  const chosen = Math.min(at, hits.length - 1)
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onDone()
    void navigate(hit.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') go(hits[chosen])
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        size="lg"
        variant="unstyled"
        className={classes.input}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="search-hits"
        aria-activedescendant={hits.length ? `hit-${chosen}` : undefined}
        aria-label={t('staff.search.open')}
        placeholder={t('staff.search.placeholder')}
        leftSection={<IconSearch aria-hidden size={18} />}
        rightSection={found.some((answer) => answer.isFetching) ? <Loader size={16} /> : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="search-hits" role="listbox" aria-label={t('staff.search.results')} className={classes.hits}>
        {hits.map((hit, index) => (
          // The keyboard drives the list from the box above (combobox pattern).
          <li
            key={`${hit.to}-${index}`}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === chosen}
            className={classes.hit}
            onClick={() => go(hit)}
            onMouseEnter={() => setAt(index)}
          >
            <span>{hit.title}</span>
            <Text span size="xs" c="dimmed">
              {hit.kind}
            </Text>
          </li>
        ))}
      </ul>
      {hits.length === 0 && (
        <Text c="dimmed" p="md">
          {t('staff.search.nothing')}
        </Text>
      )}
    </>
  )
}

const rank = (order: string[], key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
