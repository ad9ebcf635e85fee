import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { documentedSubset } from '../../../../tests/setup/documentedSubset.ts'
import { doc, emptyDoc, int32, type Doc, type Value } from '../bson/values.ts'
import { COMMANDS } from '../commands/table.ts'
import { TestEngine } from './testEngine.ts'

let engine: TestEngine
const documented = documentedSubset()

beforeAll(async () => {
  engine = new TestEngine()
  await engine.run({ insert: 'c', documents: [doc({ a: [int32(1)] })] })
})

afterAll(() => engine.close())

/** A command that uses the name where it belongs; whether its operand makes sense does not matter here. */
const uses: Record<string, (name: string) => Record<string, Value>> = {
  Filters: (name) => ({
    find: 'c',
    filter: /^\$(and|or|nor|expr|jsonSchema|comment|always)/.test(name)
      ? doc({ [name]: int32(1) })
      : doc({ a: doc({ $regex: 'x', [name]: int32(1) }) }),
  }),
  Updates: (name) => ({
    update: 'c',
    updates: [
      doc({
        q: emptyDoc(),
        u: /^\$(each|position|slice|sort)$/.test(name)
          ? doc({ $push: doc({ a: doc({ $each: [], [name]: name === '$each' ? [] : int32(1) }) }) })
          : doc({ [name]: doc({ b: int32(1) }) }),
      }),
    ],
  }),
  Stages: (name) => ({ aggregate: 'c', pipeline: [doc({ [name]: int32(1) })], cursor: emptyDoc() }),
  Accumulators: (name) => ({
    aggregate: 'c',
    pipeline: [doc({ $group: doc({ _id: null, x: doc({ [name]: '$a' }) }) })],
    cursor: emptyDoc(),
  }),
  Expressions: (name) => ({
    aggregate: 'c',
    pipeline: [doc({ $project: doc({ x: doc({ [name]: '$a' }) }) })],
    cursor: emptyDoc(),
  }),
}

function messageOf(reply: Doc): string {
  const [error] = (reply.get('writeErrors') ?? []) as Doc[]
  return String(error?.get('errmsg') ?? reply.get('errmsg') ?? '')
}

describe('the table in the README', () => {
  it('names every command there is', () => {
    const dispatched = ['commitTransaction', 'abortTransaction', 'saslStart', 'saslContinue', 'logout', 'storeBackup']
    expect([...documented.get('Commands')!].sort()).toEqual([...Object.keys(COMMANDS), ...dispatched].sort())
  })

  it.each(Object.keys(uses))('names only %s that are known', async (place) => {
    const unknown: string[] = []
    for (const name of documented.get(place as 'Filters')!) {
      const message = messageOf(await engine.run(uses[place]!(name)))
      if (/unknown|unrecognized/i.test(message) || message.startsWith(`${name} is not supported`))
        unknown.push(`${name}: ${message}`)
    }
    expect(unknown).toEqual([])
    const nonsense = messageOf(await engine.run(uses[place]!('$nonsense')))
    expect(nonsense).toMatch(/unknown|unrecognized/i)
  })
})
