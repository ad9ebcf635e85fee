import type { ExtensionRow } from './extensions.ts'

/**
 * A candidate as one text, for pickers: `role:legal`, `group:fm`, `party:record.cliente`, `user:record.responsable`;
 * a party limited to a role adds it after `|`.
 */
export function candidateToText(row: ExtensionRow): string {
  if (row.party) return `party:${row.party}${row.role ? `|${row.role}` : ''}`
  if (row.user) return `user:${row.user}`
  if (row.group) return `group:${row.group}`
  return `role:${row.role ?? ''}`
}

export function candidateFromText(text: string): ExtensionRow {
  const [, kind = 'role', rest = ''] = /^(\w+):(.*)$/s.exec(text) ?? []
  if (kind === 'party') {
    const [party = '', role] = rest.split('|')
    return role ? { party, role } : { party }
  }
  return { [kind]: rest }
}
