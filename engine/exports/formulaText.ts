/** Texts that a spreadsheet would take for a formula when it reads them from a plain file. */
const FORMULA = /^[=+\-@\t\r]/

export const looksLikeFormula = (text: string): boolean => FORMULA.test(text)
