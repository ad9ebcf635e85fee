import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { metricsOf } from '../metrics.ts'

/** GET /metrics — for this machine, or with the token of METRICS_TOKEN; for others it does not exist. */
export function sendMetrics(ctx: Ctx): RequestHandler {
  return async (req, res) => {
    if (!mayScrape(ctx, req)) throw new CauceError('thing.not-found')
    const { registry } = metricsOf(ctx)
    res.type(registry.contentType).send(await registry.metrics())
  }
}

function mayScrape(ctx: Ctx, req: Request): boolean {
  const token = /^Bearer (.+)$/.exec(req.get('authorization') ?? '')?.[1]
  const wanted = ctx.config.metricsToken
  if (token !== undefined && wanted !== null) {
    const [given, expected] = [Buffer.from(token), Buffer.from(wanted)]
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(req.ip ?? '')
}
