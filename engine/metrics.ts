import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { service, type Ctx } from './context.ts'
import type { StoreStatus } from './persistence/index.ts'

/** What /metrics tells. One registry per running product, so that tests can run several in one process. */
export class Metrics {
  readonly registry = new Registry()
  readonly #steps = new Histogram({
    name: 'cauce_step_seconds',
    help: 'Time of one step of a process: load, advance, commit',
    labelNames: ['process', 'event', 'result'],
    buckets: [0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.15, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  })
  readonly #retries = new Counter({
    name: 'cauce_step_retries_total',
    help: 'Steps computed again because somebody else moved the same case',
    registers: [this.registry],
  })
  readonly #requests = new Histogram({
    name: 'cauce_http_request_seconds',
    help: 'Time of HTTP requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.registry],
  })

  step(process: string, event: string, result: 'ok' | 'failed' | 'refused', seconds: number): void {
    this.#steps.observe({ process, event, result }, seconds)
  }
  retry(): void {
    this.#retries.inc()
  }
  request(method: string, route: string, status: number, seconds: number): void {
    this.#requests.observe({ method, route, status: String(status) }, seconds)
  }

  /** Gauges read from the store when somebody scrapes. */
  watchStore(ctx: Ctx): void {
    const gauge = (name: string, help: string, read: () => Promise<number>): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          this.set(await read())
        },
      })
    }
    const age = (date: Date | undefined): number =>
      date ? Math.max(0, (ctx.clock.now().getTime() - date.getTime()) / 1000) : 0
    gauge('cauce_outbox_pending', 'Rows of the outbox that wait', () =>
      ctx.db.outbox.count({ status: 'pending' }, 100_000),
    )
    gauge('cauce_outbox_oldest_seconds', 'Age of the oldest row that is due', async () =>
      age(
        (await ctx.db.outbox.findOne({ status: 'pending', dueAt: { $lte: ctx.clock.now() } }, { sort: { dueAt: 1 } }))
          ?.dueAt,
      ),
    )
    gauge('cauce_timers_late', 'Timers that are due and have not fired', () =>
      ctx.db.timers.count({ dueAt: { $lte: ctx.clock.now() } }, 100_000),
    )
    gauge('cauce_timers_oldest_late_seconds', 'How late the latest timer is', async () =>
      age((await ctx.db.timers.findOne({ dueAt: { $lte: ctx.clock.now() } }, { sort: { dueAt: 1 } }))?.dueAt),
    )
    gauge('cauce_store_bytes', 'Size of the stored data and its indexes', () => ctx.store.size())
    gauge('cauce_incidents_open', 'Problems that wait for a person', () =>
      ctx.db.incidents.count({ status: 'open' }, 100_000),
    )
    gauge('cauce_tasks_open', 'Open tasks', () => ctx.db.tasks.count({ status: 'open' }, 1_000_000))
    this.#watchHealth(ctx)
  }

  /** How the store itself is. What it does not tell has no line. */
  #watchHealth(ctx: Ctx): void {
    // One question per scrape, although each gauge asks.
    let asked: Promise<StoreStatus> | undefined
    const status = (): Promise<StoreStatus> => {
      asked ??= ctx.store.status().finally(() => (asked = undefined))
      return asked
    }
    const gauge = (name: string, help: string, read: (status: StoreStatus) => number | undefined): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          const value = read(await status())
          if (value === undefined) this.remove()
          else this.set(value)
        },
      })
    }
    gauge('cauce_store_transactions_open', 'Open transactions', (now) => now.openTransactions)
    gauge('cauce_store_cursors_open', 'Open cursors', (now) => now.openCursors)
    gauge('cauce_store_connections', 'Connections to the store', (now) => now.connections)
    gauge('cauce_store_file_bytes', 'Size of the data file of the embedded store', (now) => now.fileBytes)
    gauge('cauce_store_used_bytes', 'Part of the data file that is in use', (now) => now.usedBytes)
    gauge('cauce_store_map_bytes', 'Memory map of the data file; it grows by itself', (now) => now.mapBytes)
    gauge('cauce_store_disk_free_bytes', 'What the disk of the data file has left', (now) => now.freeBytes)
    gauge('cauce_store_unflushed_keys', 'Keys on their way to the disk', (now) => now.unflushedKeys)
    gauge('cauce_store_last_sync_timestamp_seconds', 'When what was written last reached the disk', (now) =>
      now.lastFlush ? now.lastFlush.getTime() / 1000 : undefined,
    )
  }
}

const metrics = service<Metrics>('metrics')
export const putMetrics = metrics.put
export const metricsOf = metrics.of
