import type { Clock } from './clock.ts'
import { kept, type Keeper } from './kept.ts'
import type { Db } from './persistence/index.ts'

/** More lines than one transaction writes. */
const RESERVED = 10_000

/**
 * Numbers that lines of histories are sorted by. They follow the clock (microseconds), so that lines of different cases
 * mix as they happened; but servers' clocks differ, so a case keeps the last number it used, and whoever goes on with it
 * begins after that (a hybrid logical clock). Lines of one transaction have consecutive numbers.
 */
class Orders {
  /** The greatest number that this process gave or saw. */
  #last = 0
  /** Of the transactions under way: the number given last. */
  readonly #open = new WeakMap<Db, number>()

  begin(db: Db, at: Date): void {
    this.#last = Math.max(at.getTime() * 1000, this.#last + 1)
    this.#open.set(db, this.#last)
  }

  next(db: Db, at: Date): number {
    const before = this.#open.get(db)
    const next = before === undefined ? Math.max(at.getTime() * 1000, this.#last + 1) : before + 1
    if (before !== undefined) this.#open.set(db, next)
    this.#last = Math.max(this.#last, next)
    return next
  }

  follow(db: Db, order: number): void {
    const before = this.#open.get(db)
    if (before === undefined) this.#last = Math.max(this.#last, order)
    else this.#open.set(db, Math.max(before, order))
  }

  toKeep(db: Db): number {
    return (this.#open.get(db) ?? this.#last) + RESERVED
  }
}

const ordersOf = kept('orders', () => new Orders())

/** Of a context: what counts the numbers, and the clock that they follow. */
interface Numbered extends Keeper {
  clock: Clock
}

/** Called when a transaction begins: its lines count from here. */
export function beginOrders(keeper: Keeper, db: Db, at: Date): void {
  ordersOf(keeper).begin(db, at)
}

/** The number of the next line. */
export function nextOrder(ctx: Numbered, db: Db): number {
  return ordersOf(ctx).next(db, ctx.clock.now())
}

/**
 * Lines written from here on in this transaction come after those of the cases and records given, and returns what is to
 * be kept with them: no line of this transaction will have a greater number.
 */
export function followOrders(ctx: Numbered, db: Db, ...known: ({ order?: number } | null | undefined)[]): number {
  const orders = ordersOf(ctx)
  for (const one of known) if (one?.order !== undefined) orders.follow(db, one.order)
  return orders.toKeep(db)
}
