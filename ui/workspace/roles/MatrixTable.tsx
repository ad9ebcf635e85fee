import { Badge, Table, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MatrixView } from '#engine/contract'
import { rightsOf } from './effectiveRights.ts'
import classes from './roles.module.css'

/** The four that everybody reads at a glance; the rest is counted. */
const letters = ['read', 'create', 'edit', 'delete']

export interface Cell {
  subject: string
  thing: string
}

/** Who may do what at a glance: things down, roles across; a cell opens what it stands for. */
export function MatrixTable({ matrix, onOpen }: { matrix: MatrixView; onOpen: (cell: Cell) => void }) {
  const { t } = useTranslation()
  const subjects = [
    ...matrix.roles.filter((role) => !role.retired),
    ...matrix.groups.filter((group) => group.key !== '@staff' && group.key !== '@portal'),
  ]
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('staff.roles.matrix')}>
      <Table className={classes.matrix} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <VisuallyHidden>{t('staff.roles.module')}</VisuallyHidden>
            </Table.Th>
            {subjects.map(({ key, title }) => (
              <Table.Th key={key} scope="col">
                {title}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {matrix.things.map((thing) => (
            <Table.Tr key={thing.key}>
              <Table.Th scope="row">{thing.title}</Table.Th>
              {subjects.map((subject) => {
                const { actions } = rightsOf(matrix, subject.key, thing.key)
                const words = thing.actions.filter(({ key }) => actions.includes(key)).map(({ title }) => title)
                return (
                  <Table.Td key={subject.key}>
                    <UnstyledButton
                      className={classes.cell}
                      onClick={() => onOpen({ subject: subject.key, thing: thing.key })}
                      title={words.join(', ')}
                    >
                      <VisuallyHidden>
                        {`${subject.title}, ${thing.title}: ${words.join(', ') || t('staff.roles.nothing')}`}
                      </VisuallyHidden>
                      <CellMarks actions={actions} isNarrowed={matrix.rows[thing.key]?.[subject.key] !== undefined} />
                    </UnstyledButton>
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function CellMarks({ actions, isNarrowed }: { actions: string[]; isNarrowed: boolean }) {
  const { t } = useTranslation()
  if (actions.length === 0) return <span className={classes.none}>–</span>
  const shown = letters.filter((action) => actions.includes(action))
  const more = actions.length - shown.length
  return (
    <>
      <span className={classes.letters}>{shown.map((action) => t(`staff.roles.letter.${action}`)).join(' ')}</span>
      {more > 0 && <span className={classes.more}>+{more}</span>}
      {isNarrowed && (
        <Badge size="xs" variant="light" color="gray" className={classes.narrowed}>
          {t('staff.roles.some')}
        </Badge>
      )}
    </>
  )
}
