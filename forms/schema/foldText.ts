/** Text without accents and case, for searches and comparisons: "Ñandú" → "nandu". */
export function foldText(text: string): string {
  // Most texts are plain: there is nothing to take off.
  if (!/[^ -~]/.test(text)) return text.toLowerCase()
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
