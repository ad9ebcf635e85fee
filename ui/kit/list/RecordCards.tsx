import { Group, Skeleton } from '@mantine/core'
import { Link } from 'react-router'
import type { EntityView, RecordView } from '#engine/contract'
import { paths } from '../app/paths.ts'
import { titleOf } from '../form/schema/schemaAt.ts'
import { CoverPhoto } from '../values/CoverPhoto.tsx'
import { FieldValue } from '../values/FieldValue.tsx'
import { StateBadge } from '../values/StateBadge.tsx'
import { LifeBadge } from './LifeBadge.tsx'
import { MatchedNote } from './MatchedNote.tsx'
import type { RecordActions } from './RecordTable.tsx'
import { useRowKeys } from './useRowKeys.ts'
import classes from './list.module.css'

/** Records as cards, for a phone: name, state and the fields that matter. */
export function RecordCards({
  entity,
  fields,
  items,
  actions,
}: {
  entity: EntityView
  fields: string[]
  items: RecordView[] | undefined
  actions?: RecordActions
}) {
  const onKeyDown = useRowKeys()
  if (!items)
    return (
      <div className={classes.cards} aria-busy>
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} height={84} radius={8} />
        ))}
      </div>
    )
  return (
    <ul className={classes.cards} aria-label={entity.titlePlural} onKeyDown={onKeyDown}>
      {items.map((record) => (
        <li key={record.id} className={classes.card}>
          <Group justify="space-between" align="start" gap={8}>
            <CoverPhoto schema={entity.schema} data={record.data} size={40} />
            <Link
              to={paths.record(record.entity, record.id)}
              className={`${classes.rowLink} ${classes.cardLink}`}
              data-row-link
            >
              {record.label}
            </Link>
            {entity.stateField && <StateBadge value={record.data[entity.stateField]} states={entity.states} />}
            {actions && <div className={classes.cardActions}>{actions.of(record)}</div>}
          </Group>
          <LifeBadge record={record} />
          <MatchedNote record={record} />
          {fields
            .filter(
              (name) =>
                name !== entity.stateField &&
                name !== entity.codeField &&
                record.data[name] !== undefined &&
                record.data[name] !== null,
            )
            .filter((name) => !record.label.includes(String(record.data[name])))
            .slice(0, 3)
            .map((name) => (
              <div
                key={name}
                className={classes.cardLine}
                data-long={String(record.data[name]).length > 60 || undefined}
              >
                <span>{titleOf(entity.schema.properties?.[name] ?? null, name)}</span>
                <span>
                  <FieldValue
                    schema={entity.schema.properties?.[name] ?? {}}
                    value={record.data[name]}
                    data={record.data}
                    labels={record.labels[name]}
                    compact
                  />
                </span>
              </div>
            ))}
        </li>
      ))}
    </ul>
  )
}
