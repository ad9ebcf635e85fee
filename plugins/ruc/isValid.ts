const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
/** 10 people, 15 and 16 other non-domiciled or undivided, 17 foreign people, 20 companies. */
const prefixes = ['10', '15', '16', '17', '20']

/**
 * Whether a RUC has eleven digits, a known prefix and the right check digit: (11 − weighted sum mod 11) mod 10.
 * Source: modulo 11 of SUNAT, decision FM-D-027.
 */
export function isValid(ruc: string): boolean {
  if (!/^[0-9]{11}$/.test(ruc) || !prefixes.includes(ruc.slice(0, 2))) return false
  const sum = weights.reduce((total, weight, index) => total + weight * Number(ruc[index]), 0)
  return (11 - (sum % 11)) % 10 === Number(ruc[10])
}
