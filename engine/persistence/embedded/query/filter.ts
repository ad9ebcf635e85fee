import type { Variables } from '../expression/scope.ts'
import type { Doc, Value } from '../bson/values.ts'
import type { StringOrder } from './collation.ts'

/** Where in an array a document matched: what the positional `$` stands for. */
export interface MatchDetails {
  arrayIndex?: number
}

export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte'

/** A compiled query filter. The planner reads its shape, {@link Filter.matches} tests documents. */
export type Filter = {
  matches(document: Doc, details?: MatchDetails): boolean
  /** Top-level fields the test reads; null when it may read all. */
  fields: Set<string> | null
} & (
  | { kind: 'and' | 'or' | 'nor'; children: Filter[] }
  | { kind: 'compare'; path: string; op: Comparison; value: Value; order: StringOrder | undefined }
  | { kind: 'in'; path: string; values: Value[]; order: StringOrder | undefined }
  | {
      kind: 'regex'
      path: string
      /** Text every match begins with; '' when there is none. */
      prefix: string
      /** Whatever begins so is a match. */
      whole: boolean
    }
  | { kind: 'exists'; path: string; exists: boolean }
  | { kind: 'elemMatch'; path: string; child: Filter }
  | { kind: 'type'; path: string; types: number[] }
  | { kind: 'not'; child: Filter }
  | { kind: 'other' }
)

export interface FilterContext {
  order?: StringOrder | undefined
  /** Variables `$expr` may use (`let`, `$$NOW` …). */
  variables?: Variables | undefined
}
