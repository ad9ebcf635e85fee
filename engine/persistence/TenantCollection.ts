import type { TransactionMemory } from './TransactionMemory.ts'
import type { ClientSession, Model, PipelineStage, QueryFilter, SortOrder, UpdateQuery } from 'mongoose'

export type Filter = Record<string, unknown>
export interface FindOptions {
  sort?: Record<string, SortOrder>
  skip?: number
  limit?: number
  /** Field names to return; all when absent. */
  fields?: string[]
}

/**
 * One collection as one tenant sees it, inside one transaction or none. The tenant is added here to every filter and
 * every document: callers can neither forget it nor choose it.
 */
export class TenantCollection<T extends { _id: string }> {
  readonly #model: Model<Record<string, unknown>>
  readonly #tenant: string
  readonly #session: ClientSession | null
  readonly #memory: TransactionMemory | null
  readonly #appended: boolean

  /** `appended`: rows that are only ever added; in a transaction they are sent together. */
  constructor(
    model: Model<Record<string, unknown>>,
    tenant: string,
    session: ClientSession | null = null,
    memory: TransactionMemory | null = null,
    appended = false,
  ) {
    this.#model = model
    this.#tenant = tenant
    this.#session = session
    this.#memory = memory
    this.#appended = appended
  }

  get #name(): string {
    return this.#model.collection.name
  }

  #scoped(filter: Filter): QueryFilter<Record<string, unknown>> {
    return { ...filter, tenant: this.#tenant }
  }

  /** Inside a transaction the same question is asked once: treat what is returned as read-only. */
  async find(filter: Filter, options: FindOptions = {}): Promise<T[]> {
    if (!this.#memory) return this.#find(filter, options)
    return this.#memory.read(this.#name, [filter, options], () => this.#find(filter, options))
  }

  async #find(filter: Filter, options: FindOptions): Promise<T[]> {
    let query = this.#model
      .find(this.#scoped(filter), options.fields ? projection(options.fields) : null)
      .session(this.#session)
    if (options.sort) query = query.sort(options.sort)
    if (options.skip) query = query.skip(options.skip)
    if (options.limit) query = query.limit(options.limit)
    return (await query.lean().exec()) as unknown as T[]
  }

  async findOne(filter: Filter, options: Omit<FindOptions, 'limit' | 'skip'> = {}): Promise<T | null> {
    return (await this.find(filter, { ...options, limit: 1 }))[0] ?? null
  }

  async get(id: string): Promise<T | null> {
    return this.findOne({ _id: id })
  }

  async insert(document: T): Promise<void> {
    await this.insertMany([document])
  }

  async insertMany(documents: T[]): Promise<void> {
    if (documents.length === 0) return
    const owned = documents.map((document) => ({ ...document, tenant: this.#tenant }))
    const send = async (rows: Record<string, unknown>[]): Promise<void> => {
      await this.#model.insertMany(rows, { session: this.#session, lean: true })
    }
    if (this.#memory && this.#appended) return this.#memory.append(this.#name, owned, send)
    await this.#memory?.write(this.#name)
    await send(owned)
  }

  /** Returns how many documents matched (0 or 1). */
  async updateOne(filter: Filter, update: UpdateQuery<unknown>, options: { upsert?: boolean } = {}): Promise<number> {
    await this.#memory?.write(this.#name)
    const result = await this.#model.updateOne(this.#scoped(filter), update, options).session(this.#session)
    return result.matchedCount + result.upsertedCount
  }

  async updateMany(filter: Filter, update: UpdateQuery<unknown>): Promise<number> {
    await this.#memory?.write(this.#name)
    const result = await this.#model.updateMany(this.#scoped(filter), update).session(this.#session)
    return result.matchedCount
  }

  /** The document after the update, or null when none matched. */
  async findOneAndUpdate(
    filter: Filter,
    update: UpdateQuery<unknown>,
    options: { sort?: Record<string, SortOrder>; upsert?: boolean } = {},
  ): Promise<T | null> {
    await this.#memory?.write(this.#name)
    return (await this.#model
      .findOneAndUpdate(this.#scoped(filter), update as UpdateQuery<Record<string, unknown>>, {
        ...options,
        returnDocument: 'after',
      })
      .session(this.#session)
      .lean()
      .exec()) as unknown as T | null
  }

  async deleteOne(filter: Filter): Promise<number> {
    await this.#memory?.write(this.#name)
    return (await this.#model.deleteOne(this.#scoped(filter)).session(this.#session)).deletedCount
  }

  async deleteMany(filter: Filter): Promise<number> {
    await this.#memory?.write(this.#name)
    return (await this.#model.deleteMany(this.#scoped(filter)).session(this.#session)).deletedCount
  }

  async count(filter: Filter, limit?: number): Promise<number> {
    await this.#memory?.flush(this.#name)
    const query = this.#model.countDocuments(this.#scoped(filter)).session(this.#session)
    return limit ? query.limit(limit) : query
  }

  async aggregate<R>(stages: PipelineStage[]): Promise<R[]> {
    await this.#memory?.flush(this.#name)
    return this.#model
      .aggregate<R>([{ $match: { tenant: this.#tenant } }, ...stages])
      .session(this.#session)
      .exec()
  }
}

const projection = (fields: string[]): Record<string, 1> =>
  Object.fromEntries(fields.map((field) => [field, 1 as const]))
