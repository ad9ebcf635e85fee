import { useTranslation } from 'react-i18next'
import type { ChangeView } from '#engine/contract'
import classes from './record.module.css'

type Row = NonNullable<ChangeView['rows']>[number]
const rowTexts = {
  added: 'kit.record.rowAdded',
  removed: 'kit.record.rowRemoved',
  changed: 'kit.record.rowChanged',
} as const satisfies Record<Row['kind'], string>

/** What changed, field by field: before and after; of a sub-list, its rows. */
export function ChangeTable({ changes }: { changes: ChangeView[] }) {
  const { t } = useTranslation()
  return (
    <table className={classes.changes}>
      <caption className="cauce-sr">{t('kit.record.changes')}</caption>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{change.title}</th>
            <td>
              {change.rows ? (
                change.rows.map((row, index) => <RowLine key={index} row={row} />)
              ) : (
                <BeforeAfter {...change.text} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RowLine({ row }: { row: Row }) {
  const { t } = useTranslation()
  return (
    <div className={classes.rowChange}>
      {t(rowTexts[row.kind])} <strong>{row.name}</strong>
      {row.kind === 'changed' && (
        <ul>
          {row.cells.map((cell) => (
            <li key={cell.title}>
              {cell.title}: <BeforeAfter before={cell.before} after={cell.after} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function BeforeAfter({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation()
  return (
    <>
      {before !== '' && (
        <>
          <span className={classes.before}>{before}</span>
          {' → '}
        </>
      )}
      {after !== '' ? after : t('kit.record.emptied')}
    </>
  )
}
