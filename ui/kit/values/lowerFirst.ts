/** A title inside a sentence: "Sede" → "sede"; an acronym stays ("RUC"). */
export const lowerFirst = (title: string) =>
  /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase('es') + title.slice(1)
