import type { Response } from 'express'
import type { Ctx } from '../context.ts'

interface Locals {
  ctx: Ctx
  nonce: string
}

/** What belongs to one request, kept with its response. */
export const requestContext = (res: Response): Locals => res.locals as unknown as Locals
export function setRequestContext(res: Response, values: Partial<Locals>): void {
  Object.assign(res.locals, values)
}
