import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { showValue } from '../catalogue/showValue.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { anyDocument, anyFilter } from './anyQuery.ts'
import { naiveMatch } from './naiveMatch.ts'

it('matches what a plain reading of the manual matches', () => {
  let matches = 0
  fc.assert(
    fc.property(anyFilter, anyDocument, (filter, document) => {
      const expected = naiveMatch(filter, document)
      if (expected) matches++
      if (compileFilter(filter).matches(document) !== expected)
        throw new Error(`${showValue(filter)} on ${showValue(document)} should be ${expected}`)
    }),
    { numRuns: 20_000 },
  )
  // The random cases must not all be misses.
  expect(matches).toBeGreaterThan(3000)
})
