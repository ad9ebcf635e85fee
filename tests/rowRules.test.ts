import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JsonObject } from '#forms'
import { mayDo, rowFilter } from '../engine/access/index.ts'
import { as } from '../engine/context.ts'
import type { EntityInPack, InstalledPack } from '../engine/packs/index.ts'
import type { RecordDoc } from '../engine/persistence/index.ts'
import { openTestContext, person, type TestContext } from './setup/testContext.ts'

/**
 * Row rules of random matrices, as the query that the store answers, against a naive reading of the same rules made
 * here: never a row too many, never one too few.
 */
describe('row rules as queries', () => {
  const RECORDS = 300
  let test: TestContext
  let records: (JsonObject & { id: string })[]

  beforeAll(async () => {
    test = await openTestContext()
    records = fc.sample(record, { numRuns: RECORDS, seed: 7 }).map((data, index) => ({ ...data, id: `r${index}` }))
    await test.ctx.store.ensureRecordIndexes('thing', [])
    await test.ctx.db.records('thing').insertMany(records.map(stored))
  })
  afterAll(async () => {
    await test.close()
  })

  const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined })
  const state = fc.constantFrom('a', 'b', 'c')
  const site = fc.constantFrom('s1', 's2', 's3')
  const user = fc.constantFrom('u1', 'u2')
  const record = fc
    .record({
      state: maybe(state),
      site: maybe(site),
      owner: maybe(user),
      n: maybe(fc.nat(5)),
      open: maybe(fc.boolean()),
    })
    .map((data) => Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as JsonObject)

  type Actor = { id: string; roles: string[]; sites: string[] | null }
  /** true, false, or null for unknown: an ordering with nothing, or `in` a list that is not there. */
  type Holds = (row: JsonObject, actor: Actor) => boolean | null
  interface Rule {
    text: string
    holds: Holds
  }
  const is = (row: JsonObject, field: string, value: unknown): boolean => (row[field] ?? null) === value
  const isMember = (list: unknown[], value: unknown): boolean =>
    value !== undefined && value !== null && list.includes(value)
  const term: fc.Arbitrary<Rule> = fc.oneof(
    state.map((value): Rule => ({ text: `record.state = "${value}"`, holds: (row) => is(row, 'state', value) })),
    state.map((value): Rule => ({ text: `record.state != "${value}"`, holds: (row) => !is(row, 'state', value) })),
    fc.constantFrom('state', 'site', 'n').map((field): Rule => ({
      text: `record.${field} = null`,
      holds: (row) => is(row, field, null),
    })),
    fc.nat(5).map((limit): Rule => ({
      text: `record.n < ${limit}`,
      holds: (row) => (typeof row.n === 'number' ? row.n < limit : null),
    })),
    fc.nat(5).map((limit): Rule => ({
      text: `record.n >= ${limit}`,
      holds: (row) => (typeof row.n === 'number' ? row.n >= limit : null),
    })),
    fc.boolean().map((value): Rule => ({ text: `record.open = ${value}`, holds: (row) => is(row, 'open', value) })),
    fc.constant<Rule>({ text: 'record.owner = actor.id', holds: (row, actor) => is(row, 'owner', actor.id) }),
    fc.constant<Rule>({
      text: '(record.site in actor.sites)',
      holds: (row, actor) => (actor.sites === null ? null : isMember(actor.sites, row.site)),
    }),
    fc.subarray(['a', 'b', 'c'], { minLength: 1 }).map((values): Rule => ({
      text: `(record.state in [${values.map((value) => `"${value}"`).join(', ')}])`,
      holds: (row) => isMember(values, row.state),
    })),
  )
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      term,
      fc.tuple(tie('rule'), tie('rule')).map(([left, right]): Rule => ({
        text: `(${left.text} and ${right.text})`,
        holds: (row, actor) => {
          const both = [left.holds(row, actor), right.holds(row, actor)]
          return both.includes(false) ? false : both.includes(null) ? null : true
        },
      })),
      fc.tuple(tie('rule'), tie('rule')).map(([left, right]): Rule => ({
        text: `(${left.text} or ${right.text})`,
        holds: (row, actor) => {
          const both = [left.holds(row, actor), right.holds(row, actor)]
          return both.includes(true) ? true : both.includes(null) ? null : false
        },
      })),
      tie('rule').map(({ text, holds }): Rule => ({
        text: `not(${text})`,
        holds: (row, actor) => {
          const value = holds(row, actor)
          return value === null ? null : !value
        },
      })),
    ),
  }))
  const actor = fc.record({
    id: user,
    roles: fc.subarray(['one', 'two', 'three']),
    sites: fc.option(fc.subarray(['s1', 's2', 's3'])),
  })
  /** Role → may it read, and under which rule (null: all rows). */
  const matrix = fc.record({
    one: fc.option(fc.record({ rule: fc.option(rule, { freq: 6 }) }), { freq: 8 }),
    two: fc.option(fc.record({ rule: fc.option(rule, { freq: 6 }) })),
    three: fc.option(fc.record({ rule: fc.option(rule, { freq: 6 }) })),
  })

  it('give exactly the rows of a naive reading, for one record in hand too', async () => {
    await fc.assert(
      fc.asyncProperty(matrix, actor, async (roles, who) => {
        const entity = entityWith(roles)
        const ctx = as(
          test.ctx,
          person(who.id, { roles: who.roles, scope: who.sites === null ? {} : { sites: who.sites } }),
        )
        const naive = records.filter((row) =>
          Object.entries(roles).some(
            ([role, grant]) =>
              grant !== null &&
              who.roles.includes(role) &&
              (grant.rule === null || grant.rule.holds(row, who) === true),
          ),
        )
        const filter = rowFilter(ctx, entity, 'read')
        const found = filter === null ? [] : await ctx.db.records('thing').find({ $and: [filter] }, { fields: ['_id'] })
        expect(found.map(({ _id }) => _id).sort()).toEqual(naive.map(({ id }) => id).sort())
        const inHand = records.filter((row) => mayDo(ctx, entity, 'read', row))
        expect(inHand.map(({ id }) => id)).toEqual(naive.map(({ id }) => id))
      }),
      { numRuns: Number(process.env.CAUCE_ROUNDS ?? 150) },
    )
  }, 120_000)

  function entityWith(roles: Record<string, { rule: Rule | null } | null>): EntityInPack {
    const granted = Object.entries(roles).flatMap(([role, grant]) => (grant ? [[role, grant] as const] : []))
    const file = {
      roles: { one: { title: '1' }, two: { title: '2' }, three: { title: '3' } },
      can: { thing: Object.fromEntries(granted.map(([role]) => [role, 'read'])) },
      rows: { thing: Object.fromEntries(granted.flatMap(([role, { rule: own }]) => (own ? [[role, own.text]] : []))) },
    }
    const definition = { title: 'Thing', properties: {} }
    return { key: 'thing', definition, installed: { pack: { roles: file } } as unknown as InstalledPack }
  }

  function stored({ id, ...data }: JsonObject & { id: string }): RecordDoc {
    const at = new Date(0)
    return {
      ...{ _id: id, revision: 1, data, label: id, search: '', aliases: [], pack: { name: 'x', number: 1 } },
      ...{ createdAt: at, createdBy: null, updatedAt: at, updatedBy: null, deletedAt: null },
    }
  }
})
