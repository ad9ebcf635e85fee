import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { requestContext, setRequestContext } from './requestContext.ts'

/** Strict headers: no inline script, no eval, no framing; styles by nonce (Mantine), style attributes allowed. */
export function securityHeaders(ctx: Ctx, baseUrl: string): RequestHandler[] {
  const secure = baseUrl.startsWith('https:')
  const nonce: RequestHandler = (_req, res, next) => {
    setRequestContext(res, { nonce: randomBytes(16).toString('base64') })
    next()
  }
  return [
    nonce,
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", (_req, res) => `'nonce-${requestContext(res as never).nonce}'`],
          styleSrcAttr: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          workerSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: secure ? { maxAge: 31_536_000 } : false,
      crossOriginEmbedderPolicy: false,
      referrerPolicy: { policy: 'same-origin' },
    }),
    sameOrigin(ctx),
  ]
}

/**
 * Against requests forged by other sites: browsers say where a request comes from, and another origin may not change
 * anything. Programs that are no browsers send neither header and carry no cookie by themselves.
 */
function sameOrigin(ctx: Ctx): RequestHandler {
  return (req, _res, next) => {
    if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) {
      next()
      return
    }
    const site = req.get('sec-fetch-site')
    const origin = req.get('origin')
    const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (foreignSite || (origin !== undefined && !isOwn(ctx, origin, req.get('host')))) {
      next(new CauceError('request.origin'))
      return
    }
    next()
  }
}

function isOwn(ctx: Ctx, origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const given = new URL(origin)
  return given.host === host || origin === ctx.config.baseUrl || origin === ctx.config.portalBaseUrl
}
