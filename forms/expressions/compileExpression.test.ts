import { evaluate } from 'feelin'
import fc from 'fast-check'
import type { Json } from '../types.ts'
import { builtinFunctions } from './builtinFunctions.ts'
import { compileExpression } from './compileExpression.ts'
import { ExpressionError } from './ExpressionError.ts'
import { toFeelDate } from './feelValues.ts'

const options = {
  functions: builtinFunctions,
  // Half past nine in the evening of the 24th in Lima; already the 25th in UTC.
  now: new Date('2026-07-25T02:30:00Z'),
  timeZone: 'America/Lima',
}
const value = {
  n: 3,
  text: 'abc',
  empty: null,
  flag: true,
  amount: '10.50',
  start: toFeelDate('2026-01-05'),
  list: ['a', 'b'],
  rows: [
    { n: 1, ok: true },
    { n: 2, ok: false },
  ],
}

function result(text: string): Json {
  return compileExpression(text).evaluate({ value }, options)
}

describe('compileExpression', () => {
  it.each<[string, Json]>([
    ['value.n + 1', 4],
    ['if value.n > 2 then "many" else "few"', 'many'],
    ['value.n in [1..3]', true],
    ['value.n in (1, 3)', true],
    ['value.text in ["abc", "x"]', true],
    ['value.n between 4 and 5', false],
    ['value.rows[n = 2].n', [2]],
    ['value.rows[1].n', 1],
    ['value.rows[-1].n', 2],
    ['count(value.rows[ok = true])', 1],
    ['sum(value.rows.n)', 3],
    ['for r in value.rows return r.n * 2', [2, 4]],
    ['some r in value.rows satisfies r.n = 2', true],
    ['every r in value.rows satisfies (r.n > 0)', true],
    ['upper case(value.text)', 'ABC'],
    ['string join(value.list, ", ")', 'a, b'],
    ['value.start + duration("P30D")', '2026-02-04'],
    ['value.start < today()', true],
    ['value.start = "2026-01-05"', true],
    ['value.start.year', 2026],
    ['money.add(value.amount, 2)', '12.50'],
    ['{a: value.n}.a', 3],
    ['@"2026-07-28"', '2026-07-28'],
    ['-value.n', -3],
  ])('evaluates %s', (text, expected) => {
    expect(result(text)).toEqual(expected)
  })

  it('takes today and now from the given clock, in the given zone', () => {
    expect(result('today()')).toBe('2026-07-24')
    expect(result('now()')).toBe('2026-07-25T02:30:00Z')
    expect(result('day of week(today())')).toBe('Friday')
  })

  it.each<[string, Json]>([
    ['value.empty = null', true],
    ['value.empty != "x"', true],
    ['value.empty > 3', null],
    ['value.empty + 1', null],
    ['not(value.empty)', null],
    ['value.empty and value.flag', null],
    ['value.empty or value.flag', true],
    ['upper case(value.empty)', null],
    ['money.add(value.empty, "1")', null],
    ['value.text in value.empty', null],
    ['value.empty.anything', null],
    ['if value.empty then 1 else 2', 2],
    ['value.n / 0', null],
  ])('treats null as unknown: %s', (text, expected) => {
    expect(result(text)).toEqual(expected)
  })

  it.each([
    ['value.nothing', /No existe «nothing»/],
    ['nothing', /No existe «nothing»/],
    ['value.text > 3', /texto con número/],
    ['value.n = "3"', /número con texto/],
    ['value.flag = "true"', /sí o no con texto/],
    ['"10" < "9"', /money\.lt/],
    ['value.amount > 0', /texto con número/],
    ['value.amount + value.amount', /money\.add/],
    ['value.text - 1', /No se puede calcular/],
    ['if value.n then 1 else 2', /sí o no/],
    ['value.n and true', /sí o no/],
    ['upper case(value.n)', /necesita texto/],
    ['sum(value.list)', /números/],
    ['nope(1)', /No existe la función/],
    ['money.add("1", "2", "3")', /no lleva 3 datos/],
    ['money.add("x", "2")', /no es un importe/],
    ['date("2026-02-30")', /no acepta/],
    ['value.text.length', /no es parte/],
    ['value.constructor', /no es un nombre permitido/],
    ['value.__proto__', /no es un nombre permitido/],
    ['toString()', /No existe la función/],
    ['for i in 1..1000000 return i', /demasiados/],
  ])('fails instead of guessing: %s', (text, reason) => {
    expect(() => result(text)).toThrow(ExpressionError)
    expect(() => result(text)).toThrow(reason)
  })

  it.each([
    ['value.a in ["x"] and value.b', /paréntesis/],
    ['value.b and value.a in ["x"]', /paréntesis/],
    ['value.rows[ok]', /\[ok = true\]/],
    ['if a then b', /incompleta/],
    ['', /vacía/],
    ['a = ', /incompleta/],
    ['function(x) x', /funciones/],
    ['1 2', /No se entiende/],
    ['value.fecha inicio', /espacios/],
    ['a instance of string', /instance of/],
    ['('.repeat(100) + '1' + ')'.repeat(100), /niveles/],
    ['1 + '.repeat(2000) + '1', /caracteres/],
  ])('refuses to read: %s', (text, reason) => {
    expect(() => compileExpression(text)).toThrow(ExpressionError)
    expect(() => compileExpression(text)).toThrow(reason)
  })

  it('says which names, paths and functions it uses', () => {
    const used = compileExpression(
      'value.pais = "PE" and ref.sede.ref.padre.ceco != null and (some r in value.rows satisfies r.n > facts.x.y) and count(value.rows[n = 1]) > 0',
    )
    expect(used.names).toEqual(['value', 'ref', 'facts'])
    expect(used.paths).toEqual(['value.pais', 'ref.sede.ref.padre.ceco', 'value.rows', 'facts.x.y'])
    expect(used.functions).toEqual(['count'])
    expect(used.nullTested).toEqual(['ref.sede.ref.padre.ceco'])
  })

  it('reads absent entries as null below the names that were checked beforehand', () => {
    const evaluateLenient = (text: string) =>
      compileExpression(text).evaluate({ value: { rows: [{}] } }, { ...options, absent: ['value'] })
    expect(evaluateLenient('value.nothing')).toBe(null)
    expect(evaluateLenient('value.rows[x = 1]')).toEqual([])
    expect(evaluateLenient('some r in value.rows satisfies r.x = null')).toBe(true)
    expect(() => evaluateLenient('other')).toThrow(ExpressionError)
  })

  it('never gives a name that the context does not own', () => {
    expect(() => compileExpression('value.toString').evaluate({ value: {} }, options)).toThrow(ExpressionError)
    expect(() => compileExpression('hasOwnProperty').evaluate({}, options)).toThrow(ExpressionError)
  })

  it('answers as feelin does wherever feelin answers without a warning or a guess', () => {
    const number = fc.integer({ min: -9, max: 9 }).map(String)
    const { numeric, truth } = fc.letrec<{ numeric: string; truth: string }>((tie) => ({
      numeric: fc.oneof(
        { maxDepth: 3 },
        number,
        fc.constantFrom('a.n', 'a.m', 'a.empty'),
        fc
          .tuple(tie('numeric'), fc.constantFrom('+', '-', '*'), tie('numeric'))
          .map(([x, op, y]) => `(${x}) ${op} (${y})`),
        fc.tuple(tie('truth'), tie('numeric'), tie('numeric')).map(([c, x, y]) => `if ${c} then (${x}) else (${y})`),
        fc.constantFrom(
          'count(a.list)',
          'sum(a.list)',
          'max(a.list)',
          'abs(a.n)',
          'a.list[1]',
          'count(a.list[item > 2])',
        ),
      ),
      truth: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom('true', 'false', 'a.flag'),
        fc
          .tuple(tie('numeric'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('numeric'))
          .map(([x, op, y]) => `(${x}) ${op} (${y})`),
        fc.tuple(tie('truth'), fc.constantFrom('and', 'or'), tie('truth')).map(([x, op, y]) => `(${x}) ${op} (${y})`),
        tie('truth').map((x) => `not(${x})`),
        fc.tuple(tie('numeric')).map(([x]) => `((${x}) in [1, 2, 3])`),
        fc.tuple(tie('numeric')).map(([x]) => `(some i in a.list satisfies (i = (${x})))`),
      ),
    }))
    const context = { a: { n: 2, m: -1, empty: null, flag: true, list: [1, 2, 3] } }
    fc.assert(
      fc.property(fc.oneof(numeric, truth), (text) => {
        const theirs = evaluate(text, context)
        if (theirs.warnings.length > 0) return
        // JSON has no -0.
        const expected = theirs.value === 0 ? 0 : (theirs.value ?? null)
        expect(compileExpression(text).evaluate(context, options)).toEqual(expected)
      }),
      { numRuns: 400 },
    )
  })

  it('throws nothing but ExpressionError for any text', () => {
    const token = fc.constantFrom(
      ...[
        'value',
        '.',
        'n',
        'rows',
        '[',
        ']',
        '(',
        ')',
        '=',
        '<',
        'in',
        'and',
        'or',
        'not(',
        'some',
        'satisfies',
        'for',
        'return',
        'if',
        'then',
      ],
      ...[
        'else',
        '1',
        '"x"',
        'null',
        'true',
        'today()',
        'duration("P1D")',
        '{',
        '}',
        ':',
        ',',
        '..',
        '-',
        '+',
        '@"2026-01-01"',
        'date(',
        'every',
        '?',
        '`',
      ],
      ...['instance of', 'between', '//', '/*', '\\', '"', 'money.add(', 'count('],
    )
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(token, { maxLength: 14 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, (source) => {
        try {
          compileExpression(source).evaluate({ value }, options)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError)
        }
      }),
      { numRuns: 1500 },
    )
  })
})
