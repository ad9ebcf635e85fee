import fc from 'fast-check'
import { compareWalk } from './compareWalk.ts'
import { blocks } from './testBlocks.ts'
import { chooser } from './testWalk.ts'

describe('random processes walk as the BPMN token game says', () => {
  it.each(['recover', 'whole', 'live'] as const)('%s', async (mode) => {
    await fc.assert(
      fc.asyncProperty(blocks(2), fc.integer(), async (block, seed) => {
        expect((await compareWalk(block, chooser(seed), mode)).difference).toBeNull()
      }),
      { numRuns: mode === 'recover' ? 60 : 20 },
    )
  })
})
