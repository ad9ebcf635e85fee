/** The code in what a camera read: the end of an address of ours (`…/q/<code>`), else the text itself. */
export function codeIn(scanned: string): string {
  const text = scanned.trim()
  if (!URL.canParse(text)) return text
  const found = /^\/q\/([^/]+)\/?$/.exec(new URL(text).pathname)?.[1]
  if (!found) return text
  try {
    return decodeURIComponent(found)
  } catch {
    return found
  }
}
