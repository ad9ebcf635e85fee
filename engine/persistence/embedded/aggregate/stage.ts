import type { Doc, Value } from '../bson/values.ts'
import type { Variables } from '../expression/scope.ts'
import type { StringOrder } from '../query/collation.ts'

/** What a pipeline needs of the store. */
export interface PipelineContext {
  database: string
  order: StringOrder | undefined
  variables: Variables
  /** Documents of a collection of the same database; `filter` narrows by index where it can. */
  readCollection(name: string, filter: Doc, variables: Variables): Iterable<Doc>
}

export type Stage = (input: Iterable<Doc>) => Iterable<Doc>

/** Compiles a pipeline: handed to stages that hold pipelines of their own. */
export type CompilePipeline = (stages: Value, context: PipelineContext) => Stage

export type StageCompiler = (spec: Value, context: PipelineContext, compile: CompilePipeline) => Stage
