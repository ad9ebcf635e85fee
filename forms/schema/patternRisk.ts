/**
 * Why a regular expression could take for ever on a hostile text, in Spanish; null when it is harmless. Refused:
 * a repetition (without bound, or of more than ten) of something that itself repeats or offers alternatives, and
 * references back to a group.
 */
export function patternRisk(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u')
  } catch {
    return 'No es una expresión regular'
  }
  if (pattern.length > 500) return 'Tiene más de 500 caracteres'
  if (/\\[1-9]|\\k</.test(pattern)) return 'Repite un grupo anterior (\\1)'
  return hasNestedRepetition(pattern) ? 'Repite algo que ya se repite o tiene alternativas: (a+)+, (a|b)*' : null
}

function hasNestedRepetition(pattern: string): boolean {
  /** For each open group: does it repeat or branch inside? */
  const open: boolean[] = [false]
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]
    if (char === '\\') at++
    else if (char === '[') at = endOfClass(pattern, at)
    else if (char === '(') open.push(false)
    else if (char === '|') open[open.length - 1] = true
    else if (char === ')') {
      const varies = open.pop() ?? false
      const times = repetitionAt(pattern, at + 1)
      if (varies && times > 10) return true
      open[open.length - 1] ||= varies || times > 1
    } else if (repetitionAt(pattern, at) > 1 && at > 0) open[open.length - 1] = true
  }
  return false
}

function endOfClass(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++
    else if (pattern[at] === ']') return at
  }
  return pattern.length
}

/** How often the quantifier at a place may repeat; 1 when there is none, or a fixed small count. */
function repetitionAt(pattern: string, at: number): number {
  const char = pattern[at]
  if (char === '*' || char === '+') return Infinity
  if (char !== '{') return 1
  const bounds = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at))
  if (!bounds) return 1
  if (bounds[2] === undefined) return Number(bounds[1])
  return bounds[3] === '' ? Infinity : Number(bounds[3])
}
