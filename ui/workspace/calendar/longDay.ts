const words = new Intl.DateTimeFormat('es-PE', { dateStyle: 'full', timeZone: 'UTC' })

/** «martes, 28 de julio de 2026» for 2026-07-28. */
export const longDay = (day: string): string => words.format(new Date(`${day}T00:00:00Z`))
