import fc from 'fast-check'
import type { FormSchema } from '../../types.ts'
import { typedValue } from '../../schema/typedValue.ts'
import { builtinFunctions } from '../builtinFunctions.ts'
import { compileExpression } from '../compileExpression.ts'
import { createBusinessFunctions } from '../createBusinessFunctions.ts'
import type { ExpressionError } from '../ExpressionError.ts'
import { checkExpression, type ExpressionScope } from './checkExpression.ts'

const entity: FormSchema = {
  type: 'object',
  required: ['kind'],
  properties: {
    kind: { enum: ['a', 'b'] },
    n: { type: 'integer' },
    flag: { type: 'boolean' },
    price: { 'x-money': 'PEN' },
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
    at: { type: 'string', format: 'date-time' },
    keys: { type: 'array', items: { type: 'string' } },
    rows: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          name: { type: 'string' },
          count: { type: 'integer' },
          ok: { type: 'boolean' },
          amount: { 'x-decimal': true },
        },
      },
    },
  },
}
const parent: FormSchema = { type: 'object', properties: { city: { type: 'string' } } }
const scope: ExpressionScope = {
  value: entity,
  ref: {
    type: 'object',
    properties: {
      site: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          ref: {
            type: 'object',
            properties: {
              owner: { ...parent, properties: { ...parent.properties, ref: { type: 'object', 'x-open': true } } },
            },
          },
        },
      },
    },
  },
  facts: { type: 'object', 'x-open': true },
  outcome: { type: 'string' },
}
const functions = [...Object.keys(builtinFunctions), 'business.add', 'business.isDay', 'business.between']

function codes(text: string, more: Parameters<typeof checkExpression>[2] = {}): string[] {
  return checkExpression(text, scope, { functions, ...more }).map((finding) => finding.code)
}

describe('checkExpression', () => {
  it.each([
    'value.n > 3 and value.flag',
    'value.from < value.to',
    'value.from <= "2026-01-01"',
    'value.to > today() + duration("P30D")',
    'value.to > today() + duration("P1M")',
    'money.gt(value.price, "0")',
    'money.sum(value.rows.amount)',
    'sum(value.rows.count)',
    'count(value.rows[ok = true]) > 0',
    'some r in value.rows satisfies (r.count > 1)',
    '(value.kind in ["a", "b"])',
    '("x" in value.keys)',
    'ref.site.city = "Lima"',
    'ref.site.ref.owner.city = null',
    'facts.anything.at.all > 3',
    'if value.kind = "a" then value.n else null',
    'value.from.year + 1',
    '(value.to - value.from).days',
    'business.add(today(), 3)',
    'value.at < now()',
    'for r in value.rows return r.name',
    'value.rows[1].name',
    'value.rows.name[1]',
    'value.price = null',
    'not(value.flag)',
  ])('finds nothing wrong with %s', (text) => {
    expect(checkExpression(text, scope, { functions })).toEqual([])
  })

  it.each<[string, string, RegExp]>([
    ['value.nn > 3', 'feel-name', /value\.nn/],
    ['valor.n > 3', 'feel-name', /valor/],
    ['value.rows.nothing', 'feel-name', /nothing/],
    ['count(value.rows[nothing = 1]) > 0', 'feel-name', /nothing/],
    ['some r in value.rows satisfies (r.x = 1)', 'feel-name', /r\.x/],
    ['ref.site.ref.owner.ref.boss.city', 'feel-name', /tercer salto/],
    ['fee.price(value.n)', 'feel-name', /fee\.price/],
    ['value.price > "0"', 'feel-decimal', /money\.gt/],
    ['value.price + value.price', 'feel-decimal', /money\.add/],
    ['value.price * 2', 'feel-decimal', /money\.multiply/],
    ['value.price = "1.00"', 'feel-decimal', /money\.eq/],
    ['-value.price', 'feel-decimal', /money\.subtract/],
    ['sum(value.rows.amount)', 'feel-decimal', /money\.sum/],
    ['money.add(value.price, "1") > 3', 'feel-decimal', /money\.gt/],
    ['value.n = "3"', 'feel-type', /número con texto/],
    ['value.kind = 3', 'feel-type', /texto con número/],
    ['value.from = "ayer"', 'feel-type', /fecha con texto/],
    ['value.from < value.at', 'feel-type', /fecha con fecha y hora/],
    ['value.flag > true', 'feel-type', /orden/],
    ['value.n and true', 'feel-type', /sí o no/],
    ['if value.n then 1 else 2', 'feel-type', /sí o no/],
    ['value.from + 1', 'feel-type', /calcular/],
    ['upper case(value.n)', 'feel-type', /upper case/],
    ['value.n[1]', 'feel-type', /lista/],
    ['value.kind.length', 'feel-type', /length/],
    ['(value.n in ["a"])', 'feel-type', /número con texto/],
    ['value.kind in ["a"] and value.flag', 'feel-in-brackets', /paréntesis/],
    ['value.rows[ok]', 'feel-syntax', /ok = true/],
    ['if then', 'feel-syntax', /./],
  ])('%s: %s', (text, code, message) => {
    const findings = checkExpression(text, scope, { functions })
    expect(findings.map((finding) => finding.code)).toEqual([code])
    expect(findings[0]!.message).toMatch(message)
  })

  it('says which names would have been right', () => {
    const [finding] = checkExpression('value.kindd', scope)
    expect(finding).toMatchObject({ path: 'value.kindd', known: expect.arrayContaining(['kind']) as string[] })
  })

  it('knows what its place needs', () => {
    expect(codes('value.n', { gives: 'boolean' })).toEqual(['feel-type'])
    expect(codes('value.flag', { gives: 'boolean' })).toEqual([])
  })

  it('where an answer decides, finds one that may be neither true nor false', () => {
    expect(codes('value.n > 3', { decides: true })).toEqual(['feel-null-branch'])
    expect(codes('value.flag', { decides: true })).toEqual(['feel-null-branch'])
    expect(codes('value.flag = true', { decides: true })).toEqual([])
    expect(codes('outcome = "ok"', { decides: true })).toEqual([])
    expect(codes('value.kind = "a" or outcome != "x"', { decides: true })).toEqual([])
  })

  it('what it finds nothing wrong with does not fail at run time, whatever the values', () => {
    const leaf = fc.constantFrom(
      ...[
        'value.kind',
        'value.n',
        'value.flag',
        'value.price',
        'value.from',
        'value.to',
        'value.at',
        'value.keys',
        'value.rows',
        'value.rows.count',
      ],
      ...[
        'value.rows.amount',
        'value.rows.name',
        'ref.site.city',
        'outcome',
        '1',
        '0',
        '"a"',
        '"2.50"',
        '"2026-01-01"',
        'true',
        'null',
        'today()',
        'now()',
      ],
      ...['duration("P3D")', 'duration("P1M")', '@"2026-02-02"', '[1, 2]', '["a"]'],
    )
    const { any } = fc.letrec<{ any: string }>((tie) => {
      const two = (make: (a: string, b: string) => string) =>
        fc.tuple(tie('any'), tie('any')).map(([a, b]) => make(a, b))
      const one = (make: (a: string) => string) => tie('any').map(make)
      return {
        any: fc.oneof(
          { maxDepth: 3 },
          leaf,
          fc
            .tuple(
              tie('any'),
              fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', 'and', 'or'),
              tie('any'),
            )
            .map(([a, op, b]) => `(${a}) ${op} (${b})`),
          one((a) => `not(${a})`),
          two((a, b) => `((${a}) in (${b}))`),
          two((a, b) => `(if ${a} = null then (${b}) else (${a}))`),
          two((a, b) => `(some i in (${a}) satisfies (i = (${b})))`),
          two((a, b) => `(for i in (${a}) return (${b}))`),
          one((a) => `count(${a})`),
          one((a) => `sum(${a})`),
          one((a) => `string(${a})`),
          one((a) => `upper case(${a})`),
          one((a) => `(${a})[1]`),
          one((a) => `(${a})[item != null]`),
          one((a) => `(${a}).year`),
          one((a) => `money.sum(${a})`),
          two((a, b) => `append(${a}, ${b})`),
          two((a, b) => `contains(${a}, ${b})`),
          one((a) => `day of week(${a})`),
        ),
      }
    })
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
    const record = fc.record(
      {
        kind: fc.constantFrom('a', 'b'),
        n: maybe(fc.integer({ min: -3, max: 3 })),
        flag: maybe(fc.boolean()),
        price: maybe(fc.constantFrom('1.00', '20.50')),
        from: maybe(fc.constantFrom('2026-01-01', '2025-06-30')),
        to: maybe(fc.constantFrom('2026-01-01', '2027-06-30')),
        at: maybe(fc.constantFrom('2026-01-01T10:00:00Z')),
        keys: maybe(fc.array(fc.constantFrom('a', 'x'), { maxLength: 2 })),
        rows: maybe(
          fc.array(
            fc.record(
              {
                name: maybe(fc.constant('a')),
                count: maybe(fc.integer()),
                ok: fc.boolean(),
                amount: maybe(fc.constant('1.10')),
              },
              { requiredKeys: [] },
            ),
            { maxLength: 2 },
          ),
        ),
      },
      { requiredKeys: [] },
    )
    const all = { ...builtinFunctions, ...createBusinessFunctions([], 'America/Lima') }
    let accepted = 0
    fc.assert(
      fc.property(any, record, (text, data) => {
        if (checkExpression(text, scope, { functions }).length > 0) return
        accepted++
        const context = { value: typedValue(entity, data), ref: { site: null }, facts: {}, outcome: 'ok' }
        const options = {
          functions: all,
          now: new Date('2026-07-25T02:30:00Z'),
          timeZone: 'America/Lima',
          absent: ['value', 'ref', 'facts'],
        }
        try {
          compileExpression(text).evaluate(context, options)
        } catch (error) {
          // Plain texts are in order, unless both turn out to be numbers: only the values tell.
          expect((error as ExpressionError).reason).toMatch(
            /Dos números escritos como texto|Los importes se suman con money\.add/,
          )
        }
      }),
      {
        numRuns: 6000,
        examples: [
          [
            'sum((if append(null, value.kind) = null then (value.keys) else (append(null, value.kind))))',
            { keys: ['a'] },
          ],
        ],
      },
    )
    expect(accepted).toBeGreaterThan(200)
  })
})
