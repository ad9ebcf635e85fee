import { useCallback, type KeyboardEvent } from 'react'

const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable="true"]'

/**
 * j and k move between the rows of a list (elements marked `data-row-link`); Enter opens, as on any link; the space bar
 * marks the row where it can be marked (its `data-row-mark`).
 */
export function useRowKeys() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    if (!event.currentTarget.contains(target) || target.closest(typing)) return
    if (event.key === ' ' && target.matches('[data-row-link]')) {
      const mark = target.closest('tr, li')?.querySelector<HTMLElement>('[data-row-mark]')
      if (!mark) return
      event.preventDefault()
      mark.click()
      return
    }
    if (event.key !== 'j' && event.key !== 'k') return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
    const at = links.indexOf(document.activeElement as HTMLElement)
    const next = links[event.key === 'j' ? at + 1 : Math.max(at - 1, 0)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }, [])
}
