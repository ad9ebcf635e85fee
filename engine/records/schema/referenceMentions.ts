import type { InstalledPack } from '../../packs/index.ts'

/** Which references the definitions of a pack ever read through: the others need not be loaded. */
export interface ReferenceMentions {
  fields: Set<string>
  /** Does anything read a second hop (`ref.sede.ref.cliente`)? */
  secondHop: boolean
}

const known = new WeakMap<InstalledPack, ReferenceMentions>()

/**
 * Reads it off the pack's files once per version: `ref.<field>` in expressions and templates, `{field.column}` in codes
 * and labels, `"field.column"` in lists. A word too many costs a query, never a wrong value.
 */
export function referenceMentions(installed: InstalledPack): ReferenceMentions {
  let mentions = known.get(installed)
  if (!mentions) {
    const text = Object.values(installed.pack.files).join('\n')
    const found = text.matchAll(
      /\bref\.([\p{L}_][\p{L}\p{N}_]*)|\{([\p{L}_][\p{L}\p{N}_]*)\.|"(?!ref\.)([\p{L}_][\p{L}\p{N}_]*)\.[\p{L}_]/gu,
    )
    mentions = {
      fields: new Set([...found].map(([, byPath, byToken, byList]) => byPath ?? byToken ?? byList ?? '')),
      secondHop: /\bref\.[\p{L}\p{N}_]+\.ref\./u.test(text),
    }
    known.set(installed, mentions)
  }
  return mentions
}
