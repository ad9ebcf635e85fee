import { afterAll, it } from '@jest/globals'
import fc from 'fast-check'
import { TestEngine } from './testEngine.ts'
import { Model } from './model.ts'
import { anyStep } from './modelSteps.ts'

const engine = new TestEngine()
let number = 0
let operations = 0

afterAll(async () => {
  await engine.close()
})

it('does what a naive model does: any steps, any indexes, three concurrent transactions, restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 60, size: 'max' }), async (steps) => {
      const model = new Model(engine, `c${number++}`)
      try {
        for (const step of steps) await model.step(step)
        operations += steps.length
        await model.verify()
      } finally {
        await engine.run({ killAllSessions: [] }, 'admin')
      }
    }),
    { numRuns: Number(process.env.CAUCE_ROUNDS ?? 500) },
  )
  console.info(`${operations} operations, no difference`)
}, 3_600_000)
