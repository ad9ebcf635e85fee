import { wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { compileSort, type SortField } from '../query/sort.ts'

/** What of a pipeline is answered by a query, so that indexes serve it: leading $match, $sort, $skip, $limit. */
export interface Pushdown {
  filter: Doc
  sort: SortField[]
  skip: number
  limit: number
  rest: Value[]
}

export function pushDown(stages: Value[]): Pushdown {
  const matches: Value[] = []
  const result: Pushdown = { filter: emptyDoc(), sort: [], skip: 0, limit: 0, rest: [] }
  let at = 0
  for (; at < stages.length; at++) {
    const stage = stages[at]!
    if (!isDoc(stage) || stage.size !== 1) break
    const [name, spec] = [...stage][0]!
    if (name === '$match' && isDoc(spec) && result.sort.length === 0) matches.push(spec)
    else if (
      name === '$sort' &&
      isDoc(spec) &&
      spec.size > 0 &&
      result.sort.length === 0 &&
      ![...spec.values()].some(isDoc)
    )
      result.sort = compileSort(spec)
    else break
  }
  for (; at < stages.length; at++) {
    const stage = stages[at]!
    if (!isDoc(stage) || stage.size !== 1) break
    const [name, spec] = [...stage][0]!
    const number = wholeNumber(spec)
    if (name === '$skip' && result.limit === 0 && number !== undefined && number >= 0) result.skip += number
    else if (name === '$limit' && result.limit === 0 && number !== undefined && number > 0) result.limit = number
    else break
  }
  result.filter =
    matches.length === 0
      ? emptyDoc()
      : matches.length === 1
        ? (matches[0] as Doc)
        : new Map<string, Value>([['$and', matches]])
  result.rest = stages.slice(at)
  return result
}
