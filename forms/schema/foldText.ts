/** Text without accents and case, for searches and comparisons: "Ñandú" → "nandu". */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
}
