import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { beginOrders } from './order.ts'
import type { Db, Store } from './persistence/index.ts'

/** Who acts in an operation. `system` acts for jobs and installation. */
export interface Actor {
  id: string | null
  name: string
  email: string | null
  roles: string[]
  front: 'staff' | 'portal' | null
  /** Scope name → record ids (`actor.<name>` in row rules). */
  scope: Record<string, string[]>
  ip: string | null
  userAgent: string | null
  /** Whom he may stand in for today; asked anew on every request. */
  standsFor?: StandIn[]
  /** Whom he acts for in this operation: `id` and `ip` stay his own, `roles` and `scope` are this person's. */
  onBehalf?: { id: string; name: string } | null
}

/** Somebody absent, and what of his work the actor may do today (FM-D-132). */
export interface StandIn {
  user: { id: string; name: string; scope: Record<string, string[]> }
  /** The absent person's roles that count. */
  roles: string[]
  /** True: only work for these roles, not what is meant for him in person. */
  onlyRoles: boolean
  /** Processes it is limited to; null: all. */
  processes: string[] | null
  /** The last day, in the time zone of the installation: `2026-03-09`. */
  until: string
}

/** The session a request came with. */
export interface CtxSession {
  id: string
  /** When its password was last given. */
  confirmedAt: Date
  /** It may do nothing but set up the second factor. */
  enrolling: boolean
}

export const systemActor: Actor = {
  id: null,
  name: 'Sistema',
  email: null,
  roles: [],
  front: null,
  scope: {},
  ip: null,
  userAgent: null,
}

/**
 * Handed to every operation. `Packs` and `Jobs` are given as type parameters' implementations by main: the rooms above
 * read them through their own accessors (`packsOf(ctx)`), so that this file knows nobody.
 */
export interface Ctx {
  tenant: string
  actor: Actor
  /** null: no request of a signed-in person (a job, a story). */
  session: CtxSession | null
  store: Store
  /** Collections of the tenant, outside any transaction. */
  db: Db
  clock: Clock
  config: Config
  log: Logger
  requestId: string
  /** `Idempotency-Key` of the request: the same request sent again does nothing twice. */
  idempotencyKey: string | null
  /** What rooms keep per process: compiled packs, plugin functions, the mail port … */
  services: Map<symbol, unknown>
  /** Runs work in one transaction. */
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>
}

/** The same context for another actor. */
export function as(ctx: Ctx, actor: Actor): Ctx {
  return { ...ctx, actor }
}

/** The same context inside a transaction that is under way: what it runs joins that one, and is undone with it. */
export function within(ctx: Ctx, db: Db): Ctx {
  return { ...ctx, db, idempotencyKey: null, transaction: (work) => work(db) }
}

export function createContext(parts: {
  store: Store
  config: Config
  clock: Clock
  log: Logger
  services?: Map<symbol, unknown>
  actor?: Actor
  requestId?: string
  idempotencyKey?: string | null
}): Ctx {
  const { store, config, clock } = parts
  const services = parts.services ?? new Map<symbol, unknown>()
  return {
    tenant: config.tenant,
    actor: parts.actor ?? systemActor,
    session: null,
    store,
    db: store.db(config.tenant),
    clock,
    config,
    log: parts.log,
    requestId: parts.requestId ?? '-',
    idempotencyKey: parts.idempotencyKey ?? null,
    services,
    transaction: (work) =>
      store.transaction(config.tenant, (db) => {
        beginOrders({ services }, db, clock.now())
        return work(db)
      }),
  }
}

/** A typed slot in `ctx.services`: each room declares its own and hands out the accessor. */
export function service<T>(name: string): { of: (ctx: Ctx) => T; put: (ctx: Ctx, value: T) => void } {
  const key = Symbol.for(`cauce:${name}`)
  return {
    of: (ctx) => {
      const value = ctx.services.get(key)
      if (value === undefined) throw new Error(`service ${name} was not set up`)
      return value as T
    },
    put: (ctx, value) => {
      ctx.services.set(key, value)
    },
  }
}
