import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino, type Logger } from 'pino'
import { prepareFirstAdministrator } from './access/index.ts'
import { followSeals } from './audit/sealAudit.ts'
import { MovableClock, systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { createContext, type Ctx } from './context.ts'
import { devRouter } from './http/devRouter.ts'
import { createApp } from './http/index.ts'
import { Jobs } from './jobs/index.ts'
import { Metrics, putMetrics } from './metrics.ts'
import { openMailPort, putMailPort, startDevMail, type DevMail } from './notify/index.ts'
import { PackRegistry, putPacks } from './packs/index.ts'
import { Store } from './persistence/index.ts'
import { openStoreUri } from './persistence/openStoreUri.ts'
import { prepareInstallation } from './prepareInstallation.ts'
import { recordFirstAdministrator } from './records/index.ts'

/** A running product. */
export interface Running {
  staffUrl: string
  portalUrl: string
  /** Movable outside production; tests and the demo move it. */
  clock: MovableClock | null
  ctx: Ctx
  jobs: Jobs
  devMail: DevMail | null
  /** What was prepared on an empty store, to be told to the person who started it. */
  demoUsers: { email: string; name: string; front: 'staff' | 'portal' }[]
  /** Where the first administrator creates his password (one use, 60 minutes), when no mail server could be told. */
  setUpAddress: string | null
  /** Resolves when the process that owns the store ended (only where this one is attached to it). */
  ownerGone: Promise<void> | null
  stop(): Promise<void>
}
export interface StartOptions {
  fronts?: ('staff' | 'portal')[]
  /** Where the built pages are; default: beside this program. */
  pagesDir?: string
  /** Database name when the URI has none. */
  database?: string
  /** Demo data on an empty store outside production: all, without played cases, or none. */
  demo?: 'full' | 'records' | 'none'
}

/** A port that another program holds. */
export class PortInUseError extends Error {
  constructor(
    readonly port: number,
    readonly variable: string,
  ) {
    super(`Port ${port} is in use. Stop the other program or set ${variable}.`)
  }
}

/** The only wiring: store, packs, mail, jobs, the two fronts. Rejects with a clear error when something is in the way. */
export async function start(config: Config, options: StartOptions = {}): Promise<Running> {
  const log = pino({ level: config.logLevel, redact: ['password', '*.password', 'req.headers.cookie'] })
  const fronts = options.fronts ?? ['staff', 'portal']
  const undo: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    const clock = config.production ? null : new MovableClock()
    const { uri, attached, close } = await openStoreUri(config, log)
    undo.push(close)
    const store = await Store.open(uri, options.database)
    undo.push(() => store.close())
    const ctx = createContext({ store, config, clock: clock ?? systemClock, log })
    putPacks(ctx, new PackRegistry(config.packs))
    const metrics = new Metrics()
    metrics.watchStore(ctx)
    putMetrics(ctx, metrics)
    const devMail = config.production || config.smtpUrl ? null : await startDevMail()
    if (devMail) undo.push(() => devMail.stop())
    const mailPort = openMailPort(config.smtpUrl ?? devMail?.url ?? 'smtp://127.0.0.1:25', config.mailFrom)
    undo.push(() => {
      mailPort.close()
      return Promise.resolve()
    })
    putMailPort(ctx, mailPort)
    // Before anything is written with a clock that may be behind what is sealed.
    await followSeals(ctx)
    const demoUsers = await prepareInstallation(ctx, options.demo)
    const setUpAddress = await prepareFirstAdministrator(ctx, config.production ? config.firstAdminEmail : null)
    await recordFirstAdministrator(ctx, config.production ? config.firstAdminEmail : null)
    const jobs = new Jobs(ctx)
    const urls: Record<'staff' | 'portal', string> = { staff: config.baseUrl, portal: config.portalBaseUrl }
    const pagesDir = options.pagesDir ?? builtPages()
    for (const front of fronts) {
      const app = createApp({
        ctx,
        jobs,
        front,
        pagesDir: join(pagesDir, front),
        ...(config.production ? {} : { extra: (app) => app.use('/dev', devRouter({ devMail, clock, jobs })) }),
      })
      const [port, variable] = front === 'staff' ? [config.port, 'PORT'] : [config.portalPort, 'PORTAL_PORT']
      const server = await listen(app, port, config.host, variable)
      undo.push(() => closeServer(server))
      urls[front] =
        `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${(server.address() as AddressInfo).port}`
    }
    await jobs.start()
    undo.push(() => jobs.stop())
    const ownerGone = attached ? watchOwner(store, log) : null
    if (ownerGone) {
      undo.push(() => {
        ownerGone.stop()
        return Promise.resolve()
      })
    }
    return {
      ownerGone: ownerGone?.gone ?? null,
      staffUrl: urls.staff,
      portalUrl: urls.portal,
      clock,
      ctx,
      jobs,
      devMail,
      demoUsers,
      setUpAddress,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** dist/ when this runs bundled from there; the checkout's dist/ when it runs from source. */
function builtPages(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  return existsSync(join(here, 'staff')) ? here : join(here, '..', 'dist')
}

async function listen(
  app: Parameters<typeof createServer>[1],
  port: number,
  host: string,
  variable: string,
): Promise<Server> {
  const server = createServer(app)
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortInUseError(port, variable)
    throw error
  }
  return server
}

/** How often an attached process asks whether the owner of the store still lives, and how many silences end it. */
const OWNER_CHECK_MS = 2000
const OWNER_SILENCES = 3

function watchOwner(store: Store, log: Logger): { gone: Promise<void>; stop: () => void } {
  let silences = 0
  let timer: NodeJS.Timeout | undefined
  const gone = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      store.ping().then(
        () => {
          silences = 0
        },
        () => {
          silences += 1
          if (silences < OWNER_SILENCES) return
          clearInterval(timer)
          log.error('The process that owns the store ended; this one cannot go on.')
          resolve()
        },
      )
    }, OWNER_CHECK_MS)
    timer.unref()
  })
  return {
    gone,
    stop: () => {
      clearInterval(timer)
    },
  }
}

async function closeServer(server: Server): Promise<void> {
  server.close()
  server.closeIdleConnections()
  setTimeout(() => {
    server.closeAllConnections()
  }, 2000).unref()
  await once(server, 'close')
}
