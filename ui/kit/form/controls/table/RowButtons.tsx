import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TableRule } from './tableRule.ts'

interface ButtonsProps {
  at: number
  count: number
  rule: TableRule
  /** This row may not be taken away. */
  isKept: boolean
  onMove: (from: number, to: number) => void
  onRemove: (at: number) => void
}

/** What can be done with one row as a whole. */
export const RowButtons = memo(function RowButtons({ at, count, rule, isKept, onMove, onRemove }: ButtonsProps) {
  const { t } = useTranslation()
  const what = rule.item?.title ?? t('kit.form.rowWord')
  const removal = rule.item ? t('kit.form.removeItem', { what, row: at + 1 }) : t('kit.form.removeRow', { row: at + 1 })
  return (
    <div style={{ display: 'flex', gap: 2 }}>
      {rule.ordered && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={at === 0}
            aria-label={t('kit.form.moveUp', { what, row: at + 1 })}
            onClick={() => onMove(at, at - 1)}
          >
            <IconArrowUp aria-hidden size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={at === count - 1}
            aria-label={t('kit.form.moveDown', { what, row: at + 1 })}
            onClick={() => onMove(at, at + 1)}
          >
            <IconArrowDown aria-hidden size={16} />
          </ActionIcon>
        </>
      )}
      <Tooltip
        label={t('kit.form.rowKept')}
        disabled={!isKept}
        multiline
        maw={220}
        events={{ hover: true, focus: true, touch: true }}
      >
        <ActionIcon
          variant="subtle"
          color="gray"
          // Reached all the same, so that the reason is heard.
          {...(isKept ? { 'data-disabled': true, 'aria-disabled': true } : { disabled: count <= rule.least })}
          aria-label={isKept ? `${removal}. ${t('kit.form.rowKept')}` : removal}
          onClick={() => !isKept && onRemove(at)}
        >
          <IconTrash aria-hidden size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
})
