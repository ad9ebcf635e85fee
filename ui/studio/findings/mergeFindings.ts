import type { FindingView } from '#engine/contract'

/**
 * One list out of what the browser found now and what the server said last. For the files the browser checks, its word
 * is the newer one about what both look at; the server's other findings stay. Those of the open file come
 * first, errors before warnings.
 */
export function mergeFindings(local: FindingView[], server: FindingView[], open: string | null = null): FindingView[] {
  const seen = new Set<string>()
  return [...local, ...server]
    .filter((finding) => {
      const key = JSON.stringify([finding.code, finding.file, finding.at])
      return !seen.has(key) && seen.add(key)
    })
    .sort((a, b) => rank(a, open) - rank(b, open) || a.file.localeCompare(b.file) || a.at.localeCompare(b.at))
}

const rank = (finding: FindingView, open: string | null) =>
  (finding.file === open ? 0 : 2) + (finding.severity === 'error' ? 0 : 1)
