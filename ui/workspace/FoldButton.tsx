import { IconChevronRight } from '@tabler/icons-react'
import classes from './foldButton.module.css'

/** The name of something folded up; a press shows what is in it. */
export function FoldButton({ title, isOpen, onToggle }: { title: string; isOpen: boolean; onToggle: () => void }) {
  return (
    <button type="button" className={classes.fold} aria-expanded={isOpen} onClick={onToggle}>
      <IconChevronRight aria-hidden size={16} className={classes.chevron} />
      <span>{title}</span>
    </button>
  )
}
