import type { Json } from '../types.ts'
import { ComparisonError } from './compareFeel.ts'
import { evaluateFeel, type EvaluationOptions } from './evaluateFeel.ts'
import { ExpressionError } from './ExpressionError.ts'
import type { FeelNode } from './FeelNode.ts'
import { toJson } from './feelValues.ts'
import { parseFeel } from './parseFeel.ts'
import { usesOf, type ExpressionUses } from './usesOf.ts'

/** An expression that has been read once and may be evaluated often. */
export interface CompiledExpression extends ExpressionUses {
  text: string
  tree: FeelNode
  /**
   * Evaluates over `context`. ISO texts of the context stay texts: give FEEL dates (`toFeelDate`) where the
   * schema says date. Functions get JSON arguments and give JSON; a null argument gives null.
   * @returns JSON: dates as YYYY-MM-DD, instants as RFC 3339 in UTC
   * @throws ExpressionError for an unknown name, property or function, or values of the wrong type
   */
  evaluate(context: Record<string, unknown>, options: EvaluationOptions): Json
}

/** Enough for every expression of several packs; the oldest go first. */
const CACHE_SIZE = 5000
const cache = new Map<string, CompiledExpression>()

/**
 * Reads a FEEL expression. The same text is read once.
 * @throws ExpressionError when it cannot be read
 */
export function compileExpression(text: string): CompiledExpression {
  const known = cache.get(text)
  if (known) return known
  const compiled = compile(text)
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!)
  cache.set(text, compiled)
  return compiled
}

function compile(text: string): CompiledExpression {
  const tree = parseFeel(text)
  return {
    text,
    tree,
    ...usesOf(tree),
    evaluate(context, options) {
      try {
        return toJson(evaluateFeel(tree, context, options), options.timeZone)
      } catch (error) {
        throw asExpressionError(text, error)
      }
    },
  }
}

function asExpressionError(text: string, error: unknown): ExpressionError {
  if (error instanceof ExpressionError) return error
  if (error instanceof ComparisonError) return new ExpressionError(text, error.message)
  return new ExpressionError(text, `No se pudo calcular: ${error instanceof Error ? error.message : String(error)}`)
}
