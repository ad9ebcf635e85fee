import { EJSON } from 'bson'
import {
  type ClientSession,
  MongoBulkWriteError,
  type MongoClient,
  MongoError,
  MongoServerError,
  type Document,
} from 'mongodb'
import { readFileSync } from 'node:fs'
import { match, Mismatch, show } from './matchUnified.ts'
import { Entities, type CommandEvent, type Watched } from './unifiedEntities.ts'
import { runOperation } from './unifiedOperations.ts'
import type { CollectionData, Json, Operation, Requirement, SpecFile, SpecTest } from './unifiedSpec.ts'
import { skippedFeature } from './skippedFeatures.ts'

export interface Outcome {
  /** `folder/file.json: description`. */
  id: string
  status: 'passed' | 'failed' | 'skipped'
  /** Why it failed, or the feature for which it was skipped. */
  reason: string
}

/** Runs all tests of one file of the drivers' unified specification tests against a server. */
export class UnifiedRunner {
  constructor(
    private readonly uri: string,
    private readonly admin: MongoClient,
    private readonly version: string,
  ) {}

  async runFile(path: string, name: string): Promise<Outcome[]> {
    const text = readFileSync(path, 'utf8')
    const file = EJSON.parse(text, { relaxed: true }) as SpecFile
    const outcomes: Outcome[] = []
    for (const test of file.tests) {
      const id = `${name}: ${test.description}`
      const skipped = this.skipReason(file, test, name)
      if (skipped) outcomes.push({ id, status: 'skipped', reason: skipped })
      else outcomes.push(await this.runTest(file, test, id))
    }
    return outcomes
  }

  private skipReason(file: SpecFile, test: SpecTest, name: string): string | undefined {
    if (test.skipReason) return 'skipped by the specification'
    for (const requirements of [file.runOnRequirements, test.runOnRequirements])
      if (requirements && !requirements.some((requirement) => this.satisfies(requirement)))
        return 'other server version or topology'
    return skippedFeature(file, test, name)
  }

  private satisfies(requirement: Requirement): boolean {
    if (requirement.minServerVersion && compareVersions(this.version, requirement.minServerVersion) < 0) return false
    if (requirement.maxServerVersion && compareVersions(this.version, requirement.maxServerVersion) > 0) return false
    if (requirement.topologies && !requirement.topologies.includes('replicaset')) return false
    return requirement.auth !== true && requirement.serverless !== 'require' && requirement.csfle === undefined
  }

  private async runTest(file: SpecFile, test: SpecTest, id: string): Promise<Outcome> {
    const entities = new Entities(this.uri)
    try {
      for (const data of file.initialData ?? []) await this.prepare(data)
      await entities.create(file.createEntities ?? [])
      await this.runOperations(test.operations, entities)
      for (const expected of test.expectEvents ?? []) checkEvents(expected, entities)
      for (const data of test.outcome ?? []) await this.checkOutcome(data)
      return { id, status: 'passed', reason: '' }
    } catch (error) {
      return { id, status: 'failed', reason: (error as Error).message.slice(0, 400) }
    } finally {
      await this.admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' })
      await entities.close()
      await this.admin.db('admin').command({ killAllSessions: [] })
    }
  }

  private async prepare(data: CollectionData): Promise<void> {
    const database = this.admin.db(data.databaseName)
    await database.dropCollection(data.collectionName).catch(() => undefined)
    if (data.documents.length === 0 || data.createOptions)
      await database.createCollection(data.collectionName, data.createOptions ?? {})
    if (data.documents.length > 0) await database.collection(data.collectionName).insertMany(data.documents)
  }

  private async checkOutcome(data: CollectionData): Promise<void> {
    const found = await this.admin
      .db(data.databaseName)
      .collection(data.collectionName)
      .find({}, { sort: { _id: 1 } })
      .toArray()
    const none = { entity: () => undefined, lsid: () => undefined }
    if (found.length !== data.documents.length)
      throw new Mismatch(`outcome of ${data.collectionName}: expected ${show(data.documents)}, found ${show(found)}`)
    data.documents.forEach((document, index) =>
      match(document, found[index], none, `outcome of ${data.collectionName}[${index}]`, false),
    )
  }

  private async runOperations(operations: Operation[], entities: Entities): Promise<void> {
    for (const operation of operations) await this.runChecked(operation, entities)
  }

  private async runChecked(operation: Operation, entities: Entities, rethrow = false): Promise<void> {
    if (operation.object === 'testRunner') return this.runSpecial(operation, entities)
    let result: unknown
    try {
      result = await runOperation(operation, entities, (inner) => this.runCallback(inner, entities))
    } catch (error) {
      if (operation.ignoreResultAndError && !rethrow) return
      if (!operation.expectError || error instanceof Mismatch) throw error
      checkError(operation.expectError, error, entities)
      if (rethrow) throw error
      return
    }
    if (operation.ignoreResultAndError) return
    if (operation.expectError)
      throw new Mismatch(
        `${operation.name} should have failed with ${show(operation.expectError)}, gave ${show(result)}`,
      )
    if (operation.expectResult !== undefined) match(operation.expectResult, result, entities, operation.name)
    if (operation.saveResultAsEntity) entities.save(operation.saveResultAsEntity, result)
  }

  // What fails inside withTransaction must reach it, expected or not.
  private async runCallback(operations: Operation[], entities: Entities): Promise<void> {
    for (const operation of operations) await this.runChecked(operation, entities, true)
  }

  private async runSpecial({ name, arguments: args = {} }: Operation, entities: Entities): Promise<void> {
    const session = (): ClientSession => entities.session(args.session as string)
    switch (name) {
      case 'failPoint':
        await this.admin.db('admin').command(args.failPoint as Document)
        return
      case 'createEntities':
        return entities.create(args.entities as Record<string, Json>[])
      case 'assertSessionTransactionState': {
        const state = (session() as unknown as { transaction: { state: string } }).transaction.state
        const expected = {
          none: 'NO_TRANSACTION',
          starting: 'STARTING_TRANSACTION',
          in_progress: 'TRANSACTION_IN_PROGRESS',
          committed: 'TRANSACTION_COMMITTED',
          aborted: 'TRANSACTION_ABORTED',
        }[args.state as string]
        if (state !== expected) throw new Mismatch(`transaction state: expected ${expected}, got ${state}`)
        return
      }
      case 'assertSessionDirty':
      case 'assertSessionNotDirty': {
        const dirty = session().serverSession.isDirty
        if (dirty !== (name === 'assertSessionDirty')) throw new Mismatch(`session dirty: ${dirty}`)
        return
      }
      case 'assertSessionUnpinned':
        if (session().isPinned) throw new Mismatch('the session is pinned')
        return
      case 'assertSameLsidOnLastTwoCommands':
      case 'assertDifferentLsidOnLastTwoCommands': {
        const started = entities.events
          .get(args.client as string)!
          .filter(({ type }) => type === 'commandStartedEvent')
          .slice(-2)
        const [first, second] = started.map(({ event }) =>
          JSON.stringify(((event as { command: Json }).command.lsid as Json).id),
        )
        if ((first === second) !== (name === 'assertSameLsidOnLastTwoCommands'))
          throw new Mismatch(`lsid of the last two commands: ${first}, ${second}`)
        return
      }
      case 'assertCollectionExists':
      case 'assertCollectionNotExists': {
        const found = await this.admin
          .db(args.databaseName as string)
          .listCollections({ name: args.collectionName as string })
          .toArray()
        if (found.length > 0 !== (name === 'assertCollectionExists'))
          throw new Mismatch(`${name}: ${args.collectionName as string}`)
        return
      }
      case 'assertIndexExists':
      case 'assertIndexNotExists': {
        const indexes = await this.admin
          .db(args.databaseName as string)
          .collection(args.collectionName as string)
          .listIndexes()
          .toArray()
          .catch(() => [])
        if (indexes.some((index: Document) => index.name === args.indexName) !== (name === 'assertIndexExists'))
          throw new Mismatch(`${name}: ${args.indexName as string}`)
        return
      }
      default:
        throw new Error(`the runner does not know the special operation '${name}'`)
    }
  }
}

function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number)) as [number[], number[]]
  for (let index = 0; index < 3; index++) {
    const difference = (x[index] ?? 0) - (y[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function checkError(expected: Json, error: unknown, entities: Entities): void {
  const mongo = error instanceof MongoError ? error : undefined
  const server = error instanceof MongoServerError ? error : undefined
  const message = (error as Error).message
  if (expected.isClientError !== undefined) {
    const fromServer = server !== undefined
    if (fromServer === expected.isClientError)
      throw new Mismatch(`expected ${expected.isClientError ? 'a client' : 'a server'} error, got ${message}`)
  }
  if (
    expected.errorContains !== undefined &&
    !message.toLowerCase().includes((expected.errorContains as string).toLowerCase())
  )
    throw new Mismatch(`expected a message with '${expected.errorContains as string}', got '${message}'`)
  if (expected.errorCode !== undefined) match(expected.errorCode, server?.code, entities, 'errorCode')
  if (expected.errorCodeName !== undefined) match(expected.errorCodeName, server?.codeName, entities, 'errorCodeName')
  for (const label of (expected.errorLabelsContain ?? []) as string[])
    if (!mongo?.hasErrorLabel(label))
      throw new Mismatch(`expected the label ${label}, got ${show(mongo?.errorLabels)} (${message})`)
  for (const label of (expected.errorLabelsOmit ?? []) as string[])
    if (mongo?.hasErrorLabel(label)) throw new Mismatch(`expected no label ${label} (${message})`)
  if (expected.expectResult !== undefined)
    match(
      expected.expectResult,
      error instanceof MongoBulkWriteError ? error.result : server?.result,
      entities,
      'error.result',
    )
  if (expected.errorResponse !== undefined)
    match(expected.errorResponse, server?.errorResponse, entities, 'errorResponse')
}

const EVENT_FIELDS = ['command', 'commandName', 'databaseName', 'reply'] as const

function checkEvents(expected: NonNullable<SpecTest['expectEvents']>[number], entities: Entities): void {
  const kind = expected.eventType ?? 'command'
  const observed = (entities.events.get(expected.client) ?? []).filter(({ type }) =>
    type.startsWith(kind === 'cmap' ? 'connection' : 'command'),
  )
  if (
    expected.ignoreExtraEvents ? observed.length < expected.events.length : observed.length !== expected.events.length
  )
    throw new Mismatch(
      `events of ${expected.client}: expected ${expected.events.map((event) => Object.keys(event)[0]).join(', ')}, got ${observed.map(nameOf).join(', ')}`,
    )
  expected.events.forEach((item, index) => {
    const [type, fields] = Object.entries(item)[0] as [string, Json]
    const { type: actualType, event } = observed[index]!
    if (type !== actualType) throw new Mismatch(`event ${index}: expected ${type}, got ${nameOf(observed[index]!)}`)
    for (const field of EVENT_FIELDS)
      if (fields[field] !== undefined)
        match(fields[field], (event as unknown as Json)[field], entities, `event ${index}.${field}`)
  })
}

const nameOf = ({ type, event }: Watched): string => `${type}(${(event as Partial<CommandEvent>).commandName ?? ''})`
