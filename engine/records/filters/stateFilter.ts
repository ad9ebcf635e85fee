import type { EntityDefinition } from '#definitions'
import type { Filter } from '../../persistence/index.ts'
import { NOTHING } from './textFilter.ts'

/** The records whose state is called so today. An unknown word is nobody's. */
export function stateFilter(definition: EntityDefinition, words: string[], today: string): Filter {
  const effective = definition['x-effective']
  if (!effective?.state) return NOTHING
  const { state, from } = effective
  const start = `data.${from}`
  const begun = { 'effective.counts': true, [start]: { $lte: today } }
  const over = { ...begun, 'effective.until': { $ne: null, $lte: today } }
  const notCounted = { 'effective.counts': { $ne: true } }
  const ways: Filter[] = words.flatMap((word): Filter[] => {
    if (word === state.scheduled) return [{ 'effective.counts': true, [start]: { $gt: today } }]
    if (word === state.active)
      return [{ ...begun, $or: [{ 'effective.until': null }, { 'effective.until': { $gt: today } }] }]
    const cancelled = { ...notCounted, 'effective.cancelled': { $ne: null } }
    const leftOut = { ...notCounted, 'effective.cancelled': null }
    if (word === state.inactive) return [over, leftOut, ...(state.cancelled ? [] : [cancelled])]
    return word === state.cancelled ? [cancelled] : []
  })
  return ways.length > 0 ? { $or: ways } : NOTHING
}
