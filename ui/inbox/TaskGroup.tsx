import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { TaskView } from '#engine/contract'
import { paths } from '../kit/app/paths.ts'
import { formatDate } from '../kit/values/formatValue.ts'
import { Moment } from '../kit/values/Moment.tsx'
import { ToneBadge } from '../kit/values/StateBadge.tsx'
import type { DueGroup } from './groupByDue.ts'
import boxedList from '../kit/app/boxedList.module.css'
import classes from './inbox.module.css'

/** Priority of a task that says nothing about it. */
const usual = 50
const due = { overdue: 'red', today: 'orange', week: 'yellow', later: 'gray' } as const

/** One group of the inbox: what, about which record, from whom or of whom, since, due. */
export function TaskGroup({ group, tasks, tab }: { group: DueGroup; tasks: TaskView[]; tab: string }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby={`group-${group}`} className={classes.group}>
      <Title order={2} id={`group-${group}`} className={classes.groupTitle} data-group={group}>
        {t(`staff.inbox.groups.${group}`)} <span className={classes.groupCount}>{tasks.length}</span>
      </Title>
      <ul className={boxedList.boxed}>
        {tasks.map((task) => (
          <li key={task.id} className={classes.task}>
            <div className={classes.what}>
              <Link
                to={
                  tab === 'following' && !task.mine && task.record
                    ? paths.record(task.record.entity, task.record.id)
                    : paths.task(task.id)
                }
                className={classes.title}
                data-row-link
              >
                {task.title}
              </Link>
              <Text size="sm" c="dimmed" truncate>
                {aboutOf(task)}
              </Text>
            </div>
            <div className={classes.who}>
              {task.standInFor && (
                <ToneBadge color="blue" icon="users" text={t('staff.inbox.by', { who: task.standInFor })} />
              )}
              <Text size="sm" truncate>
                {tab === 'following' || tab === 'group'
                  ? task.assignee
                    ? t('staff.inbox.has', { who: task.assignee.name })
                    : task.candidates.length
                      ? t('staff.inbox.for', { who: task.candidates.join(', ') })
                      : ''
                  : task.from
                    ? t('staff.inbox.from', { who: task.from })
                    : ''}
              </Text>
              <Text size="xs" c="dimmed">
                {t('staff.inbox.since')} <Moment at={task.createdAt} />
              </Text>
            </div>
            <div className={classes.due}>
              {task.priority > usual && <ToneBadge color="orange" icon="flag" text={t('staff.inbox.urgent')} />}
              {task.pause ? (
                <Text size="sm" c="dimmed">
                  {t('staff.inbox.paused', { why: task.pause.label })}
                </Text>
              ) : task.dueAt ? (
                <ToneBadge
                  color={due[group]}
                  icon="clock"
                  text={t(group === 'overdue' ? 'staff.inbox.overdue' : 'staff.inbox.due', {
                    date: formatDate(task.dueAt),
                  })}
                />
              ) : (
                <Text size="sm" c="dimmed">
                  {t('staff.inbox.noDue')}
                </Text>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The record's name (unless the title says it already) and how it stands. */
function aboutOf({ title, record }: TaskView): string {
  if (!record) return ''
  return [title.includes(record.label) ? null : record.label, record.state].filter(Boolean).join(' · ')
}
