import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router, type Request, type Response } from 'express'
import { requestContext } from './requestContext.ts'

/** The built pages of a front. index.html is sent per request, with the nonce of its styles in a meta tag. */
export function pages(directory: string): Router {
  const router = Router()
  const index = join(directory, 'index.html')
  const html = existsSync(index) ? readFileSync(index, 'utf8') : null
  router.use('/assets', express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  router.use(express.static(directory, { index: false, maxAge: '1h' }))
  router.get(/^(?!\/(api|forms|dev|assets)\/).*/, (_req: Request, res: Response, next) => {
    if (html === null) {
      next()
      return
    }
    res.setHeader('cache-control', 'no-store')
    res.type('html').send(html.replaceAll('__CSP_NONCE__', requestContext(res).nonce))
  })
  return router
}
