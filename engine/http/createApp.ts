import { randomUUID } from 'node:crypto'
import { Ajv } from 'ajv'
import compression from 'compression'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { routes, type RouteDefinition, type RouteName } from '#engine/contract'
import { readSession, withStandIns } from '../access/index.ts'
import { as, systemActor, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Jobs } from '../jobs/index.ts'
import { packsOf } from '../packs/index.ts'
import { entitySchemas } from '../records/index.ts'
import { auditHandlers } from './audit.routes.ts'
import { personalHandlers } from './personal.routes.ts'
import { sessionTokenOf } from './cookies.ts'
import { answerError } from './errors.ts'
import { exportHandlers } from './exports.routes.ts'
import { explainHandlers } from './explain.routes.ts'
import { fileHandlers, receiveFile, refuseLargeUpload } from './files.routes.ts'
import { callOf, type Handlers } from './Handler.ts'
import { importHandlers } from './imports.routes.ts'
import { catalogHandlers } from './catalogs.routes.ts'
import { labelHandlers } from './labels.routes.ts'
import { noticeHandlers } from './notices.routes.ts'
import { openApi } from './openapi.ts'
import { sendMetrics } from './metricsRoute.ts'
import { metricsOf } from '../metrics.ts'
import { pages } from './pages.ts'
import { demandFormAccess, publicHandlers } from './public.routes.ts'
import { recordHandlers } from './records.routes.ts'
import { reportHandlers } from './reports.routes.ts'
import { roleHandlers } from './roles.routes.ts'
import { requestContext, setRequestContext } from './requestContext.ts'
import { securityHeaders } from './security.ts'
import { accountHandlers } from './account.routes.ts'
import { passwordHandlers } from './password.routes.ts'
import { sessionHandlers } from './session.routes.ts'
import { savedViewHandlers } from './savedViews.routes.ts'
import { substitutionHandlers } from './substitutions.routes.ts'
import { studioHandlers } from './studio.routes.ts'
import { sendValidator } from './validators.routes.ts'
import { workHandlers } from './work.routes.ts'

export interface AppOptions {
  ctx: Ctx
  jobs: Jobs
  front: 'staff' | 'portal'
  /** Folder of the built pages. */
  pagesDir: string
  /** More routers: development pages. */
  extra?: (app: Express) => void
}

/** The express app of one front: headers, session, the routes this front has, pages, errors. */
export function createApp(options: AppOptions): Express {
  const { ctx, front } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', ctx.config.trustProxy)
  app.set('query parser', 'simple')
  app.use(requestLog(ctx))
  app.use(...securityHeaders(ctx, front === 'portal' ? ctx.config.portalBaseUrl : ctx.config.baseUrl))
  app.use(compression())
  mountOpenRoutes(app, options)
  app.use('/api', express.json({ limit: '3mb', strict: true }))
  app.use(['/api', '/forms'], sessionOf(ctx, front))
  mountRoutes(app, options)
  app.get('/forms/:id/:hash/validator.js', demandFormAccess(front), (req, res) =>
    sendValidator(requestContext(res).ctx, req, res),
  )
  app.use(['/api', '/forms'], () => {
    throw new CauceError('thing.not-found')
  })
  options.extra?.(app)
  app.use(pages(options.pagesDir))
  app.use(answerError)
  return app
}

/** Each request gets an id and a context; what it did and how long it took is logged, never what it carried. */
function requestLog(ctx: Ctx): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID()
    res.setHeader('x-request-id', requestId)
    const key = req.get('idempotency-key')
    const idempotencyKey = key && /^[\w-]{1,100}$/.test(key) ? key : null
    // Nobody yet; but where the request comes from is known, and counts in the audit of who is refused.
    const visitor = { ...systemActor, name: 'Visitante', ip: req.ip ?? null, userAgent: req.get('user-agent') ?? null }
    setRequestContext(res, { ctx: { ...ctx, requestId, idempotencyKey, actor: visitor } })
    const started = performance.now()
    res.on('finish', () => {
      if (!req.path.startsWith('/api')) return
      const { actor } = requestContext(res).ctx
      const route: unknown = (req.route as { path?: unknown } | undefined)?.path
      metricsOf(ctx).request(
        req.method,
        typeof route === 'string' ? route : 'other',
        res.statusCode,
        (performance.now() - started) / 1000,
      )
      ctx.log.info(
        {
          requestId,
          method: req.method,
          path: req.path,
          status: res.statusCode,
          ms: Math.round(performance.now() - started),
          user: actor.id,
        },
        'request',
      )
    })
    next()
  }
}

function mountOpenRoutes(app: Express, { ctx, front }: AppOptions): void {
  app.get('/health', (_req, res) => {
    res.json({ status: 'ok' })
  })
  app.get('/ready', async (_req, res) => {
    try {
      await ctx.store.ping()
      res.json({ status: 'ok' })
    } catch {
      res.status(503).json({ status: 'unavailable' })
    }
  })
  if (front === 'staff') app.get('/metrics', sendMetrics(ctx))
  app.get('/api/openapi.json', sessionOf(ctx, front), async (_req, res) => {
    const asker = requestContext(res).ctx
    const [pack] = await packsOf(ctx).all(ctx)
    const entities = asker.session && !asker.session.enrolling ? await entitySchemas(asker) : {}
    res.json(openApi(front, pack?.pack.manifest.title ?? 'Cauce', entities))
  })
}

/** Puts the person behind the cookie into the request's context; nobody stays nobody until a route asks. */
function sessionOf(ctx: Ctx, front: 'staff' | 'portal'): RequestHandler {
  return async (req, res, next) => {
    const token = sessionTokenOf(ctx, req, front)
    const read = token ? await readSession(ctx, token, front, req.ip ?? '', req.get('user-agent') ?? '') : null
    if (read) {
      const own = { ...as(requestContext(res).ctx, read.actor), session: read.session }
      setRequestContext(res, { ctx: await withStandIns(own) })
    }
    next()
  }
}

const demandSession: RequestHandler = (_req, res, next) => {
  const { actor, session } = requestContext(res).ctx
  if (actor.front === null) next(new CauceError('session.required'))
  else next(session?.enrolling ? new CauceError('session.enroll') : undefined)
}
const demandAnySession: RequestHandler = (_req, res, next) => {
  next(requestContext(res).ctx.actor.front === null ? new CauceError('session.required') : undefined)
}

function mountRoutes(app: Express, { jobs, front }: AppOptions): void {
  const handlers: Handlers = {
    ...sessionHandlers(front),
    ...passwordHandlers,
    ...accountHandlers,
    ...recordHandlers,
    ...workHandlers,
    ...fileHandlers,
    ...importHandlers,
    ...exportHandlers,
    ...labelHandlers,
    ...catalogHandlers,
    ...noticeHandlers,
    ...studioHandlers,
    ...reportHandlers,
    ...roleHandlers,
    ...explainHandlers,
    ...savedViewHandlers,
    ...substitutionHandlers,
    ...publicHandlers(front),
    ...auditHandlers,
    ...personalHandlers,
  }
  for (const [name, route] of Object.entries(routes) as [RouteName, RouteDefinition][]) {
    const handler = handlers[name]
    if (!handler || !route.fronts.includes(front)) continue
    const before: RequestHandler[] = []
    if (route.session !== false) before.push(route.session === 'enrolling' ? demandAnySession : demandSession)
    if (route.file) before.push(refuseLargeUpload, receiveFile)
    if (route.body) before.push(checkBody(route.body))
    const method = route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'put' | 'delete'
    app[method](route.path, ...before, async (req: Request, res: Response) => {
      let answer: unknown
      try {
        answer = await handler(callOf(requestContext(res).ctx, req, res))
      } finally {
        // What the request left to do (mails, timers) starts now instead of at the next tick; a refusal may leave some too.
        if (route.method !== 'GET') void jobs.wake()
      }
      if (res.headersSent) return
      res.setHeader('cache-control', 'no-store')
      if (route.status === 204) res.status(204).end()
      else res.status(route.status ?? 200).json(answer)
    })
  }
}

const namedBy = (params: { missingProperty?: string; additionalProperty?: string }): string =>
  params.missingProperty ?? params.additionalProperty ?? ''

const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: false })

/** Compiled with the first request: to compile those of all routes takes most of a second of every start. */
function checkBody(schema: object): RequestHandler {
  return (req, _res, next) => {
    // ajv keeps what it compiled.
    const validate = ajv.compile(schema)
    const body: unknown = req.body ?? {}
    if (validate(body)) {
      next()
      return
    }
    const issues = (validate.errors ?? []).map((error) => ({
      path: error.instancePath.slice(1).replaceAll('/', '.') || namedBy(error.params),
      rule: error.keyword,
      params: {},
      message: 'Falta este dato o no es válido.',
      level: 'error' as const,
    }))
    next(new CauceError('request.invalid', {}, { issues }))
  }
}
