import { useCallback, type KeyboardEvent } from 'react'

const typing = 'input, textarea, select, [contenteditable="true"]'

/** j and k move between the rows of a list (elements marked `data-row-link`); Enter opens, as on any link. */
export function useRowKeys() {
  return useCallback((event: KeyboardEvent<HTMLElement>) => {
    if ((event.key !== 'j' && event.key !== 'k') || event.ctrlKey || event.metaKey || event.altKey) return
    if ((event.target as HTMLElement).closest(typing)) return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
    const at = links.indexOf(document.activeElement as HTMLElement)
    const next = links[event.key === 'j' ? at + 1 : Math.max(at - 1, 0)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }, [])
}
