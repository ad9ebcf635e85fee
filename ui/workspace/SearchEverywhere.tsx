import { ActionIcon, Button, Kbd, Loader, Modal, Text, TextInput } from '@mantine/core'
import { useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { SessionView } from '#engine/contract'
import { lowerFirst } from '#forms'
import { useEntities } from '../client/records/useEntities.ts'
import { useSearchEverywhere } from '../client/records/useSearchEverywhere.ts'
import type { MenuLink } from './menuLinks.ts'
import { searchHits, type Hit } from './searchHits.ts'
import classes from './search.module.css'

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
  const { data: groups = [], isFetching, isPlaceholderData } = useSearchEverywhere(q)
  const hits: Hit[] = searchHits({
    typed,
    groups: q.length >= 2 ? groups : [],
    links,
    entities: entities ?? [],
    inMenu: session.menus.flatMap((menu) => menu.items.map((item) => item.key)),
    say: {
      place: t('staff.search.place'),
      action: t('staff.search.action'),
      create: (what) => t('kit.form.create', { what: lowerFirst(what) }),
    },
  })
  const chosen = Math.min(at, hits.length - 1)
  const isBehind = q !== typed.trim() || isPlaceholderData
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    onDone()
    void navigate(hit.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') {
      // The records that still stand there for the words before are opened only by who walked to one of them.
      if (at > 0 || !isBehind || !hits[chosen]?.isRecord) go(hits[chosen])
    } else return
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
        rightSection={isFetching ? <Loader size={16} /> : undefined}
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
