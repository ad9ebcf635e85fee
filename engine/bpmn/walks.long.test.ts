/**
 * `CAUCE_ROUNDS=10000 npm run test:long -- engine/bpmn/walks`: that many random walks with recovery before every step,
 * and as many on a live definition. `CAUCE_SEED` repeats a run.
 */
import fc from 'fast-check'
import { compareWalk } from './compareWalk.ts'
import { blocks, type Block } from './testBlocks.ts'
import { chooser } from './testWalk.ts'

const rounds = Number(process.env.CAUCE_ROUNDS ?? 500)
/** Pieces up to three levels deep, in a row: some ten steps from start to end. */
const processes = fc
  .array(fc.oneof(blocks(1), blocks(2), blocks(3)), { minLength: 2, maxLength: 5 })
  .map((parts): Block => ({ kind: 'sequence', parts }))
const seed = Number(process.env.CAUCE_SEED ?? Date.now() % 2 ** 31)

it.each(['recover', 'live'] as const)(
  `%s: ${rounds} random walks (seed ${seed}) differ nowhere from the token game`,
  async (mode) => {
    let steps = 0
    await fc.assert(
      fc.asyncProperty(processes, fc.integer(), async (block, walkSeed) => {
        const walked = await compareWalk(block, chooser(walkSeed), mode)
        steps += walked.steps
        expect(walked.difference).toBeNull()
      }),
      { numRuns: rounds, seed },
    )
    console.info(`${mode}: ${rounds} walks, ${steps} steps, 0 differences`)
  },
)
