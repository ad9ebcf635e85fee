/**
 * UBIGEO codes of INEI: two digits name a department (or Callao), four a province, six a district; each begins with the
 * code of what it lies in. Texts, for leading zeros count. RENIEC's codes differ and are not these.
 * The names live in catalogues of the pack, so that a page reads them only where a form shows them.
 */
export type UbigeoLevel = 'department' | 'province' | 'district'

const LEVELS: Record<number, UbigeoLevel> = { 2: 'department', 4: 'province', 6: 'district' }

/** Which level a code is of; null for what is no code. No two digits of a level are 00. */
export function level(code: string): UbigeoLevel | null {
  if (typeof code !== 'string' || !/^(?:0[1-9]|1\d|2[0-5])(?:(?!00)\d\d){0,2}$/.test(code)) return null
  return LEVELS[code.length] ?? null
}

/** The department a code lies in: "150122" → "15"; null for what is no code. */
export function department(code: string): string | null {
  return level(code) && code.slice(0, 2)
}

/** The province a code lies in: "150122" → "1501"; null for a department's code. */
export function province(code: string): string | null {
  const found = level(code)
  return found === null || found === 'department' ? null : code.slice(0, 4)
}

/** A place as people write it, from the smallest name on, a name that repeats said once: "Miraflores, Lima". */
export function place(district: string, province: string, department: string): string {
  const names = [district, province, department].filter((name) => typeof name === 'string' && name !== '')
  return names.filter((name, index) => name !== names[index - 1]).join(', ')
}
