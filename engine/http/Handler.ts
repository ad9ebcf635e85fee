import type { Request, Response } from 'express'
import type { RouteName } from '#engine/contract'
import type { Ctx } from '../context.ts'

/** What a route hands to an operation, and what the answer becomes. Routes hold no logic. */
export interface Call {
  ctx: Ctx
  req: Request
  res: Response
  /** Path parameter, decoded. */
  param: (name: string) => string
  /** First value of a query parameter. */
  query: (name: string) => string | undefined
  /** The body, already checked against the route's schema. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the route's schema has checked it; the handler says what it is
  body: <T>() => T
  /** `If-Match` as a number; null when absent or not a revision. */
  revision: () => number | null
  page: () => { page: number; size: number }
}
/** The JSON answer; undefined where the handler wrote the response itself or there is none (204). */
export type Handler = (call: Call) => unknown
export type Handlers = Partial<Record<RouteName, Handler>>

export function callOf(ctx: Ctx, req: Request, res: Response): Call {
  const query = (name: string): string | undefined => {
    const value: unknown = req.query[name]
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first : undefined
  }
  const count = (name: string, fallback: number): number => {
    const value = Number(query(name) ?? fallback)
    return Number.isInteger(value) && value > 0 ? value : fallback
  }
  return {
    ctx,
    req,
    res,
    param: (name) => {
      const value: unknown = req.params[name]
      return typeof value === 'string' ? value : ''
    },
    query,
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
    body: <T>() => (req.body ?? {}) as T,
    revision: () => {
      const match = /^(?:W\/)?"?(\d{1,12})"?$/.exec(req.get('if-match') ?? '')
      return match ? Number(match[1]) : null
    },
    page: () => ({ page: count('page', 1), size: count('size', 25) }),
  }
}
