/** Brings a field into view and gives it the keyboard; the nearest one above when the exact place cannot take it. */
export function focusField(idPrefix: string, path: string): boolean {
  for (let here = path; here; here = here.split('.').slice(0, -1).join('.')) {
    const element = document.getElementById(`${idPrefix}.${here}`)
    if (!element) continue
    element.scrollIntoView({ block: 'center' })
    element.focus({ preventScroll: true })
    return true
  }
  return false
}
