import { Table } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { Amounts } from './Amounts.tsx'
import { FoldButton } from '../FoldButton.tsx'
import type { GroupsProps } from './GroupsProps.ts'
import { unfolds, type GroupNode } from './groupTree.ts'
import { ReportRows } from './ReportRows.tsx'
import classes from './reports.module.css'

/** Groups as lines of a table that unfold, each with what it comes to; all of them at the foot. */
export function ReportTable({ nodes, ...shared }: GroupsProps & { nodes: GroupNode[] }) {
  const { t } = useTranslation()
  const { report } = shared
  return (
    <div className={classes.scroller}>
      <Table className={classes.table} aria-label={report.title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{report.levels.map(({ title }) => title).join(' › ')}</Table.Th>
            {report.measures.map(({ title }) => (
              <Table.Th key={title} scope="col" className={classes.number}>
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {nodes.map((node) => (
            <GroupLines key={node.key} node={node} {...shared} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{t('staff.reports.total')}</Table.Th>
            {report.measures.map((measure, index) => (
              <Table.Td key={measure.title} className={classes.number}>
                <Amounts measure={measure} amounts={report.total.values[index] ?? []} />
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </div>
  )
}

/** The line of a group and, unfolded, the lines of those within it or its records. */
function GroupLines({ node, ...shared }: GroupsProps & { node: GroupNode }) {
  const { report, search, isOpen, onToggle } = shared
  const { key, group, inner } = node
  const level = group.path.length - 1
  const opens = unfolds(node, report)
  return (
    <Fragment>
      <Table.Tr data-level={level} data-outer={inner.length > 0 || undefined}>
        <Table.Th scope="row" style={{ paddingLeft: 8 + level * 24 }}>
          {opens ? (
            <FoldButton title={group.title} isOpen={isOpen(key)} onToggle={() => onToggle(key)} />
          ) : (
            <span className={classes.plainTitle}>{group.title}</span>
          )}
        </Table.Th>
        {report.measures.map((measure, index) => (
          <Table.Td key={measure.title} className={classes.number}>
            <Amounts measure={measure} amounts={group.values[index] ?? []} />
          </Table.Td>
        ))}
      </Table.Tr>
      {opens &&
        isOpen(key) &&
        (inner.length > 0 ? (
          inner.map((one) => <GroupLines key={one.key} node={one} {...shared} />)
        ) : (
          <Table.Tr className={classes.detail}>
            <Table.Td colSpan={report.measures.length + 1} style={{ paddingLeft: 32 + level * 24 }}>
              <ReportRows report={report} path={group.path} search={search} />
            </Table.Td>
          </Table.Tr>
        ))}
    </Fragment>
  )
}
