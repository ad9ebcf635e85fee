/** Characters that reorder or hide text, so that `evil‮fdp.exe` cannot pass for a PDF. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
/** Reserved in paths of one system or another. */
const reserved = /[<>:"|?*]/g

/**
 * A name that is safe to store, show and offer as a download: no folders, no control or direction characters, at most
 * 200 characters with its ending kept. Never empty: what is left of nothing is `archivo`.
 */
export function fileName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/).pop() ?? ''
  const clean = last
    .replace(invisible, '')
    .replace(reserved, '_')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '')
  if (clean === '') return 'archivo'
  const characters = [...clean]
  if (characters.length <= 200) return clean
  const ending = /\.[^.]{1,16}$/.exec(clean)?.[0] ?? ''
  return characters.slice(0, 200 - [...ending].length).join('') + ending
}
