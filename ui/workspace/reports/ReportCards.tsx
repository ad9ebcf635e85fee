import { useTranslation } from 'react-i18next'
import type { ReportGroupView } from '#engine/contract'
import { Amounts } from './Amounts.tsx'
import { FoldButton } from '../FoldButton.tsx'
import type { GroupsProps } from './GroupsProps.ts'
import { unfolds, type GroupNode } from './groupTree.ts'
import { ReportRows } from './ReportRows.tsx'
import classes from './reports.module.css'

/** Groups on a phone: a card each, with those within it inside. */
export function ReportCards({ nodes, ...shared }: GroupsProps & { nodes: GroupNode[] }) {
  const { t } = useTranslation()
  const { report } = shared
  return (
    <>
      <GroupCards nodes={nodes} label={report.title} {...shared} />
      <section className={classes.card} data-total>
        <h2 className={classes.totalTitle}>{t('staff.reports.total')}</h2>
        <Measured report={report} values={report.total.values} />
      </section>
    </>
  )
}

function GroupCards({ nodes, label, ...shared }: GroupsProps & { nodes: GroupNode[]; label: string }) {
  const { report, search, isOpen, onToggle } = shared
  return (
    <ul className={classes.cards} aria-label={label}>
      {nodes.map((node) => {
        const { key, group, inner } = node
        const opens = unfolds(node, report)
        return (
          <li key={key} className={classes.card}>
            {opens ? (
              <FoldButton title={group.title} isOpen={isOpen(key)} onToggle={() => onToggle(key)} />
            ) : (
              <span className={classes.name}>{group.title}</span>
            )}
            <Measured report={report} values={group.values} />
            {opens &&
              isOpen(key) &&
              (inner.length > 0 ? (
                <GroupCards nodes={inner} label={group.title} {...shared} />
              ) : (
                <ReportRows report={report} path={group.path} search={search} />
              ))}
          </li>
        )
      })}
    </ul>
  )
}

function Measured({ report, values }: Pick<GroupsProps, 'report'> & { values: ReportGroupView['values'] }) {
  return (
    <dl className={classes.measured}>
      {report.measures.map((measure, index) => (
        <div key={measure.title}>
          <dt>{measure.title}</dt>
          <dd>
            <Amounts measure={measure} amounts={values[index] ?? []} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
