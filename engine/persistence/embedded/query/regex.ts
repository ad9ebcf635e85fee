import { StoreError } from '../errors.ts'

/**
 * A PCRE pattern as a JavaScript RegExp, for the part both share. What JavaScript cannot do (possessive quantifiers,
 * atomic groups, conditions, `\A`…) is refused.
 * @throws StoreError 51091 for a pattern that does not compile, 2 for an unknown option
 */
export function compileRegex(pattern: string, options: string): RegExp {
  let flags = ''
  let source = pattern
  let given = options
  const inline = /^\(\?([imsx]+)\)/.exec(source)
  if (inline) {
    given += inline[1]!
    source = source.slice(inline[0].length)
  }
  for (const option of new Set(given)) {
    if (option === 'i' || option === 'm' || option === 's') flags += option
    else if (option === 'x') source = withoutComments(source)
    else if (option !== 'u') throw new StoreError(51108, `invalid flag in regex options: ${option}`)
  }
  if (/\\[AZzGKQE]|\(\?[>|(&R0-9]|[*+?}]\+|\[\[:/.test(source))
    throw new StoreError(51091, `Regular expression uses a PCRE feature the embedded store does not have: ${pattern}`)
  try {
    return new RegExp(source, `${flags}u`)
  } catch {
    try {
      return new RegExp(source, flags)
    } catch (error) {
      throw new StoreError(51091, `Regular expression is invalid: ${(error as Error).message}`)
    }
  }
}

// Option x: white space and # comments outside character classes mean nothing.
function withoutComments(source: string): string {
  let result = ''
  let inClass = false
  for (let index = 0; index < source.length; index++) {
    const char = source[index]!
    if (char === '\\') result += char + (source[++index] ?? '')
    else if (inClass || !/[\s#]/.test(char)) {
      result += char
      if (char === '[') inClass = true
      if (char === ']') inClass = false
    } else if (char === '#') while (index + 1 < source.length && source[index + 1] !== '\n') index++
  }
  return result
}

/** Text every match begins with, for a pattern like `^abc`; '' when it cannot be told. */
export function literalPrefix(pattern: string, options: string): string {
  if (/[imx]/.test(options) || !pattern.startsWith('^') || pattern.includes('|')) return ''
  let prefix = ''
  for (let index = 1; index < pattern.length; index++) {
    let char = pattern[index]!
    if (char === '\\') {
      const next = pattern[++index]
      if (next === undefined || /[A-Za-z0-9]/.test(next)) break
      char = next
    } else if (/[.*+?()[\]{}^$]/.test(char)) break
    const following = pattern[index + 1]
    if (following !== undefined && /[*?{]/.test(following)) break
    prefix += char
  }
  return prefix
}
