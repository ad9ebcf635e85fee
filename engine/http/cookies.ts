import { parseCookie, stringifySetCookie } from 'cookie'
import type { Request, Response } from 'express'
import type { Ctx } from '../context.ts'

type Front = 'staff' | 'portal'

/** Ports share a cookie jar, so each front has a name of its own; over https the name binds it to the origin. */
function nameOf(ctx: Ctx, front: Front): string {
  return isSecure(ctx, front) ? `__Host-cauce_${front}` : `cauce_${front}`
}
const isSecure = (ctx: Ctx, front: Front): boolean =>
  (front === 'portal' ? ctx.config.portalBaseUrl : ctx.config.baseUrl).startsWith('https:')

export function sessionTokenOf(ctx: Ctx, req: Request, front: Front): string | null {
  const token = parseCookie(req.get('cookie') ?? '')[nameOf(ctx, front)]
  return token && /^[\w-]{20,100}$/.test(token) ? token : null
}

export function setSessionCookie(ctx: Ctx, res: Response, front: Front, token: string, maxAge: number | null): void {
  res.append('set-cookie', cookie(ctx, front, token, maxAge))
}
export function clearSessionCookie(ctx: Ctx, res: Response, front: Front): void {
  res.append('set-cookie', cookie(ctx, front, '', 0))
}

function cookie(ctx: Ctx, front: Front, value: string, maxAge: number | null): string {
  return stringifySetCookie({
    name: nameOf(ctx, front),
    value,
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure(ctx, front),
    path: '/',
    ...(maxAge === null ? {} : { maxAge }),
  })
}
