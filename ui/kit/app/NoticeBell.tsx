import { ActionIcon, Button, Group, Indicator, Popover, Text, Title } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { NoticeView } from '#engine/contract'
import { useNotices, useReadNotices } from '../../client/cases/useNotices.ts'
import { Moment } from '../values/Moment.tsx'
import { inAppLink } from './inAppLink.ts'
import classes from './app.module.css'

/** How many are asked for at once: beyond them the count only says "more". */
const asked = 30

/** Notices with their count; opening one marks it read and goes to what it is about. */
export function NoticeBell({ size = 36 }: { size?: number }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data } = useNotices()
  const read = useReadNotices()
  const notices = data?.items ?? []
  const unread = notices.filter((notice) => !notice.read)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" width={360} shadow="md" trapFocus withinPortal>
      <Indicator
        label={unread.length < asked ? unread.length : `${asked}+`}
        size={18}
        disabled={unread.length === 0}
        color="#b42318"
        offset={8}
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={size}
            aria-label={t('kit.notices.open', { count: unread.length })}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconBell aria-hidden size={20} stroke={1.75} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} maw="calc(100vw - 16px)">
        <Group justify="space-between" px="md" py="xs">
          <Title order={2} size="h3">
            {t('kit.notices.title')}
          </Title>
          {unread.length > 0 && (
            <Button variant="subtle" size="compact-xs" onClick={() => read.mutate(unread.map((notice) => notice.id))}>
              {t('kit.notices.readAll')}
            </Button>
          )}
        </Group>
        <div className={classes.noticeList} tabIndex={0} role="region" aria-label={t('kit.notices.title')}>
          {notices.length === 0 && (
            <Text c="dimmed" px="md" pb="md">
              {t('kit.notices.none')}
            </Text>
          )}
          <ul className={classes.notices}>
            {notices.map((notice) => (
              <li key={notice.id} data-unread={!notice.read || undefined}>
                <NoticeLine
                  notice={notice}
                  onOpen={() => {
                    setOpen(false)
                    if (!notice.read) read.mutate([notice.id])
                  }}
                />
              </li>
            ))}
          </ul>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function NoticeLine({ notice, onOpen }: { notice: NoticeView; onOpen: () => void }) {
  const body = (
    <>
      <Text size="sm" fw={notice.read ? 400 : 600}>
        {notice.subject}
      </Text>
      {notice.text && (
        <Text size="xs" c="dimmed" lineClamp={2}>
          {notice.text}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        <Moment at={notice.at} />
      </Text>
    </>
  )
  const to = notice.link ? inAppLink(notice.link, window.location.origin) : null
  if (to)
    return (
      <Link className={classes.notice} to={to} onClick={onOpen}>
        {body}
      </Link>
    )
  return <div className={classes.notice}>{body}</div>
}
