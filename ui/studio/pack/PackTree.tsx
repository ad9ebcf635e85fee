import { ActionIcon, Group, NavLink, ScrollArea, Text, TextInput } from '@mantine/core'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foldText } from '#forms'
import type { TreeGroup } from './packTree.ts'
import classes from './PackTree.module.css'

interface Props {
  groups: TreeGroup[]
  open: string | null
  onOpen: (path: string) => void
  /** Kinds of which a new one can be made here. */
  creatable: string[]
  onCreate: (kind: string) => void
}

/** The files of the pack, by what they are; the ones that the draft changes carry a mark. */
export function PackTree({ groups, open, onOpen, creatable, onCreate }: Props) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const folded = foldText(query)
  return (
    <nav className={classes.tree} aria-label={t('studio.tree.label')}>
      <TextInput
        size="sm"
        m={8}
        leftSection={<IconSearch size={16} />}
        aria-label={t('studio.tree.search')}
        placeholder={t('studio.tree.search')}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ScrollArea className={classes.list} type="auto">
        {groups.map((group) => {
          const files = group.files.filter(
            (file) => folded === '' || foldText(`${file.title} ${file.path}`).includes(folded),
          )
          if (files.length === 0 && !creatable.includes(group.kind)) return null
          // What is edited every day stays open; the rest opens on demand, or when something is looked for.
          const opened =
            folded !== '' || group.kind === 'processes' || files.some((file) => file.path === open || file.changed)
          return (
            <div key={group.kind} className={classes.group}>
              <NavLink
                component="button"
                type="button"
                label={
                  <Text span size="sm" fw={600}>
                    {t(`studio.tree.kinds.${group.kind}`)}{' '}
                    <Text span size="xs" c="dimmed">
                      {files.length}
                    </Text>
                  </Text>
                }
                defaultOpened={opened}
                key={String(opened)}
                childrenOffset={12}
              >
                {files.map((file) => (
                  <NavLink
                    key={file.path}
                    component="button"
                    type="button"
                    active={file.path === open}
                    aria-current={file.path === open ? 'page' : undefined}
                    label={file.title}
                    rightSection={
                      file.changed ? (
                        <Text span size="xs" c="petrol.9" fw={600}>
                          {t(file.isNew ? 'studio.tree.new' : 'studio.tree.changed')}
                        </Text>
                      ) : null
                    }
                    onClick={() => onOpen(file.path)}
                  />
                ))}
              </NavLink>
              {creatable.includes(group.kind) && (
                <Group className={classes.create}>
                  <ActionIcon
                    variant="subtle"
                    size={26}
                    aria-label={t(`studio.tree.create.${group.kind}`)}
                    onClick={() => onCreate(group.kind)}
                  >
                    <IconPlus size={16} />
                  </ActionIcon>
                </Group>
              )}
            </div>
          )
        })}
      </ScrollArea>
    </nav>
  )
}
