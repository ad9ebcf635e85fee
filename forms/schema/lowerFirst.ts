/** A title inside a sentence: "Celular" → "celular", but "RUC" and "IGV %" stay. */
export const lowerFirst = (title: string): string =>
  /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLocaleLowerCase('es') + title.slice(1)
