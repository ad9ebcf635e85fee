import { IconChevronRight } from '@tabler/icons-react'
import classes from './reports.module.css'

/** The name of a group; a press shows what is in it. */
export function FoldButton({ title, isOpen, onToggle }: { title: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={onToggle}>
      <IconChevronRight aria-hidden size={16} className={classes.chevron} />
      <span>{title}</span>
    </button>
  )
}
