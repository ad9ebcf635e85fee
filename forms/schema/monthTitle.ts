/** A month in a language: `2026-07` → `Julio de 2026`. Any other text stays as it is. */
export function monthTitle(month: string, locale: string): string {
  const at = new Date(`${month}-01T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return month
  const name = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at)
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1)
}
