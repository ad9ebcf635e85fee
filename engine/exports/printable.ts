/** What the built-in fonts of a PDF can show (Windows-1252); the rest becomes a question mark. */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('→', '»')
    .replaceAll('\t', ' ')
    .replace(/[^\n\x20-\x7e\xa1-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu, '?')
}
