import fc from 'fast-check'
import { Query } from 'mingo'
import type { JsonObject } from '../../types.ts'
import { compileExpression } from '../compileExpression.ts'
import { ExpressionError } from '../ExpressionError.ts'
import { compileRule } from './compileRule.ts'
import type { RuleEnvironment } from './ruleInputs.ts'

const env: RuleEnvironment = {
  actor: { id: 'u1', roles: ['legal'], front: 'staff', sites: ['s1', 's2'], none: null },
  settings: { limit: 3, on: true },
  value: { kind: 'b' },
  params: { missing: null },
  now: new Date('2026-07-25T02:00:00Z'),
  timeZone: 'America/Lima',
}

/** The same rows by the three ways: query, row in hand, FEEL. */
function answers(text: string, record: JsonObject): { filter: boolean; test: boolean; feel: boolean | 'fails' } {
  const rule = compileRule(text)
  const filter = new Query(rule.toFilter(env, { prefix: '', id: 'id' })).test(record)
  let feel: boolean | 'fails'
  try {
    const context = { record, actor: env.actor, settings: env.settings, value: env.value, params: env.params }
    const absent = Object.keys(context)
    feel =
      compileExpression(text).evaluate(context, { functions: {}, now: env.now, timeZone: env.timeZone, absent }) ===
      true
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    feel = 'fails'
  }
  return { filter, test: rule.test(record, env), feel }
}

describe('compileRule', () => {
  it('compiles a rule to a filter over the stored fields', () => {
    expect(compileRule('record.site in actor.sites').toFilter(env)).toEqual({ 'data.site': { $in: ['s1', 's2'] } })
    expect(compileRule('record.id = actor.id').toFilter(env)).toEqual({ _id: { $eq: 'u1' } })
    expect(compileRule('record.due <= today() + duration("P30D")').toFilter(env)).toEqual({
      'data.due': { $lte: '2026-08-23' },
    })
    expect(compileRule('(record.state in ["a", "b"]) and record.open = true').toFilter(env)).toEqual({
      $and: [{ 'data.state': { $in: ['a', 'b'] } }, { 'data.open': { $eq: true } }],
    })
    expect(compileRule('some r in record.rows satisfies (r.kind = "x" and r.n > 2)').toFilter(env)).toEqual({
      'data.rows': { $elemMatch: { $and: [{ kind: { $eq: 'x' } }, { n: { $gt: 2 } }] } },
    })
  })

  it('lists the fields it reads, without the root', () => {
    expect(compileRule('record.a = 1 or (some r in record.rows satisfies (r.kind = "x"))').paths).toEqual([
      'a',
      'rows',
      'rows.kind',
    ])
    expect(compileRule('option.owner = value.owner').inputs).toEqual(['value.owner'])
  })

  it('reads record as an input where option is the row', () => {
    const rule = compileRule('option.id != record.id')
    expect(rule.toFilter({ ...env, record: { id: 'r1' } })).toEqual({ _id: { $ne: 'r1' } })
    expect(rule.test({ id: 'r1' }, { ...env, record: { id: 'r1' } })).toBe(false)
    expect(rule.test({ id: 'r1' }, { ...env, record: null })).toBe(true)
  })

  it('never lets a null scope see anything', () => {
    expect(compileRule('record.site in actor.none').test({ site: 's1' }, env)).toBe(false)
    expect(answers('record.site in actor.none', {})).toEqual({ filter: false, test: false, feel: false })
    expect(answers('not(record.site in actor.absent)', { site: 's1' })).toEqual({
      filter: false,
      test: false,
      feel: false,
    })
    expect(answers('not(record.n > 3)', {})).toEqual({ filter: false, test: false, feel: false })
  })

  it.each([
    ['record.ref.site.owner = actor.id', /copie el del padre/],
    ['record.open', /record\.open = true/],
    ['record.a + 1 = 2', /Solo se compara/],
    ['upper case(record.a) = "X"', /Solo se compara/],
    ['record.state in "a" and record.open = true', /paréntesis/],
    ['every r in record.rows satisfies (r.a = 1)', /solo admite/],
    ['3 < record.n', /a la izquierda/],
    ['record.total > "100.00"', /importe/],
    ['estado = "x"', /No existe «estado»/],
    ['some r in record.rows satisfies (r.a = record.b)', /elemento/],
    ['for r in record.rows return r', /solo admite/],
    ['record.due > now()', /Solo se compara/],
    ['', /vacía/],
  ])('refuses what a query cannot answer: %s', (text, reason) => {
    expect(() => compileRule(text)).toThrow(ExpressionError)
    expect(() => compileRule(text)).toThrow(reason)
  })

  describe('gives the same rows as a query, for a row in hand and as FEEL', () => {
    const word = fc.constantFrom('a', 'b', 's1', 'u1', '')
    const small = fc.integer({ min: 0, max: 5 })
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
    const record = fc.record(
      {
        id: word,
        text: maybe(word),
        other: maybe(word),
        n: maybe(small),
        flag: maybe(fc.boolean()),
        due: maybe(fc.constantFrom('2026-07-23', '2026-07-24', '2026-07-25')),
        keys: maybe(fc.array(word, { maxLength: 3 })),
        group: maybe(fc.record({ text: maybe(word) }, { requiredKeys: [] })),
        rows: maybe(
          fc.array(fc.record({ text: maybe(word), n: maybe(small) }, { requiredKeys: [] }), { maxLength: 3 }),
        ),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<JsonObject>

    const order = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
    const equality = fc.constantFrom('=', '!=')
    const texts = (root: string) => [
      fc
        .tuple(equality, fc.constantFrom('"a"', 'null', 'actor.id', 'value.kind', 'actor.none'))
        .map(([op, v]) => `${root}.text ${op} ${v}`),
      fc
        .tuple(order, fc.constantFrom('0', '3', 'settings.limit', 'params.missing'))
        .map(([op, v]) => `${root}.n ${op} ${v}`),
      fc.constantFrom('["a", "b"]', 'actor.sites', 'actor.none').map((list) => `(${root}.text in ${list})`),
      fc.constantFrom('a', 'b').map((v) => `(${root}.text in ("${v}", "s1"))`),
    ]
    const test = fc.oneof(
      ...texts('record'),
      fc.tuple(equality, fc.constantFrom('true', 'false', 'null')).map(([op, v]) => `record.flag ${op} ${v}`),
      fc
        .tuple(order, fc.constantFrom('today()', 'today() - duration("P1D")'))
        .map(([op, v]) => `record.due ${op} ${v}`),
      equality.map((op) => `record.group.text ${op} "a"`),
      equality.map((op) => `record.text ${op} record.other`),
      fc.constantFrom('"a"', 'actor.id').map((v) => `(${v} in record.keys)`),
      fc
        .constantFrom('k = "a"', 'k != "a"', 'k = "a" or k = "b"', 'not(k = "a")', 'k != "a" and k = "b"')
        .map((r) => `(some k in record.keys satisfies (${r}))`),
      fc.oneof(...texts('r')).map((r) => `(some r in record.rows satisfies (${r}))`),
      fc.constant('true'),
    )
    const { rule } = fc.letrec<{ rule: string }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        test,
        fc.tuple(tie('rule'), fc.constantFrom('and', 'or'), tie('rule')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
        tie('rule').map((a) => `not(${a})`),
      ),
    }))

    it('on any record, also with nulls, missing fields and lists', () => {
      fc.assert(
        fc.property(rule, record, (text, row) => {
          const { filter, test: inHand, feel } = answers(text, row)
          expect(filter).toBe(inHand)
          expect(feel).toBe(inHand)
        }),
        { numRuns: 1500 },
      )
    })

    it('also where a value has another type than the rule expects: the query and the row in hand agree', () => {
      const wild = fc.oneof(
        fc.constant(null),
        word,
        small,
        fc.boolean(),
        fc.array(fc.oneof(word, small), { maxLength: 3 }),
      )
      const odd = fc.record(
        { text: wild, n: wild, flag: wild, due: wild },
        { requiredKeys: [] },
      ) as fc.Arbitrary<JsonObject>
      const plain = fc.oneof(...texts('record'), fc.constantFrom('record.flag = true', 'record.due > today()'))
      fc.assert(
        fc.property(plain, fc.boolean(), odd, (text, negated, row) => {
          const { filter, test: inHand } = answers(negated ? `not(${text})` : text, row)
          expect(filter).toBe(inHand)
        }),
        { numRuns: 1500 },
      )
    })
  })
})
