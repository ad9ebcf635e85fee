import { wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, doc, int32, integer, isDoc, type Doc, type Value } from '../bson/values.ts'
import { buildCollection, buildIndex, type CollectionInfo } from '../catalogue/collectionInfo.ts'
import { checkNamespace } from '../catalogue/catalogue.ts'
import { notSupported, StoreError } from '../errors.ts'
import { equalValues } from '../bson/compare.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { collationOf } from '../query/collation.ts'
import { booleanArgument, docArgument, firstBatchSize, namespaceOf } from './arguments.ts'
import type { Command, CommandType } from './command.ts'
import { cursorReply, cursorUser } from './find.ts'
import { findHinted } from '../query/planner.ts'

const KEPT_OPTIONS = [
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'comment',
  'capped',
  'size',
  'max',
]
const REFUSED_OPTIONS = [
  'timeseries',
  'clusteredIndex',
  'viewOn',
  'pipeline',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'expireAfterSeconds',
  'storageEngine',
  'indexOptionDefaults',
]

function readOptions(body: Doc): Doc {
  for (const name of REFUSED_OPTIONS) {
    const value = body.get(name)
    if (value === undefined) continue
    if (isDoc(value) && (name === 'storageEngine' || name === 'indexOptionDefaults')) continue
    throw notSupported(`create option '${name}'`)
  }
  const options: Doc = new Map()
  for (const name of KEPT_OPTIONS) if (body.has(name)) options.set(name, body.get(name)!)
  checkCapped(options)
  const collation = options.get('collation')
  if (collation !== undefined && !collationOf(collation)) options.delete('collation')
  const validator = options.get('validator')
  if (isDoc(validator)) compileFilter(validator)
  return options
}

function checkCapped(options: Doc): void {
  if (options.get('capped') !== true) {
    if (options.has('max')) throw new StoreError(72, "the 'max' field requires that 'capped' be true")
    options.delete('capped')
    options.delete('size')
    return
  }
  const size = wholeNumber(options.get('size'))
  if (size === undefined) throw new StoreError(72, "the 'size' field is required when 'capped' is true")
  if (size < 1) throw new StoreError(51024, "BSON field 'size' value must be >= 1")
  // As MongoDB: whole multiples of 256 bytes.
  options.set('size', integer(Math.ceil(size / 256) * 256))
}

export const create: CommandType = {
  transactional: true,
  fields: ['create', ...KEPT_OPTIONS, ...REFUSED_OPTIONS, 'autoIndexId', 'idIndex', 'flags', 'temp'],
  run({ engine, body, txn, database }) {
    const namespace = `${database}.${body.get('create') as string}`
    const options = readOptions(body)
    const existing = engine.catalogue.find(txn, namespace)
    if (existing) {
      // As MongoDB 7.0: creating again what is there, with the same options, is no error.
      if (equalValues(existing.options, options)) return doc({})
      throw new StoreError(
        48,
        `namespace ${namespace} already exists, but with different options: ${[...existing.options.keys()].join(', ')}`,
      )
    }
    engine.catalogue.create(txn, namespace, options)
    return doc({})
  },
}

export const drop: CommandType = {
  fields: ['drop'],
  run(command) {
    const namespace = namespaceOf(command)
    const info = command.engine.catalogue.find(command.txn, namespace)
    if (!info) return doc({})
    dropCollection(command, info)
    return doc({ nIndexesWas: int32(info.indexes.length), ns: namespace })
  },
}

function dropCollection({ engine, txn }: Command, info: CollectionInfo): void {
  engine.catalogue.drop(txn, info)
  engine.cursors.killWhere((cursor) => cursor.namespace === info.namespace)
}

export const dropDatabase: CommandType = {
  fields: ['dropDatabase'],
  run(command) {
    for (const info of command.engine.catalogue.list(command.txn, command.database)) dropCollection(command, info)
    return doc({ dropped: command.database })
  },
}

export const renameCollection: CommandType = {
  fields: ['renameCollection', 'to', 'dropTarget'],
  run(command) {
    const { engine, body, txn } = command
    const from = body.get('renameCollection')
    const to = body.get('to')
    if (typeof from !== 'string' || typeof to !== 'string')
      throw new StoreError(14, "'renameCollection' and 'to' must be strings")
    checkNamespace(to)
    const info = engine.catalogue.find(txn, from)
    if (!info) throw new StoreError(26, `Source collection ${from} does not exist`)
    if (from === to) throw new StoreError(20, "Can't rename a collection to itself")
    const target = engine.catalogue.find(txn, to)
    if (target) {
      if (!booleanArgument(body, 'dropTarget')) throw new StoreError(48, 'target namespace exists')
      dropCollection(command, target)
    }
    engine.catalogue.rename(txn, info, to)
    engine.cursors.killWhere((cursor) => cursor.namespace === from)
    return doc({})
  },
}

export const collMod: CommandType = {
  fields: ['collMod', 'index', 'validator', 'validationLevel', 'validationAction', ...REFUSED_OPTIONS],
  run(command) {
    const { engine, body, txn } = command
    const namespace = namespaceOf(command)
    const info = engine.catalogue.find(txn, namespace)
    if (!info) throw new StoreError(26, `ns does not exist: ${namespace}`)
    for (const name of REFUSED_OPTIONS) if (body.has(name)) throw notSupported(`collMod option '${name}'`)
    const options = new Map(info.options)
    for (const name of ['validator', 'validationLevel', 'validationAction'])
      if (body.has(name)) options.set(name, body.get(name)!)
    let { indexes } = info
    const reply: Record<string, Value> = {}
    const change = docArgument(body, 'index', 'collMod')
    if (change) {
      const named = change.get('name') ?? change.get('keyPattern')
      const index = named === undefined ? undefined : findHinted(info, named)
      if (!index) throw new StoreError(27, `cannot find index ${String(named)} for ns ${namespace}`)
      const spec = new Map(index.spec)
      for (const [name, value] of change) {
        if (name === 'name' || name === 'keyPattern') continue
        if (name === 'hidden') {
          if (value === true) spec.set('hidden', true)
          else spec.delete('hidden')
          reply.hidden_new = value
        } else if (name === 'expireAfterSeconds') {
          reply.expireAfterSeconds_old = spec.get(name) ?? null
          spec.set(name, value)
          reply.expireAfterSeconds_new = value
        } else throw notSupported(`collMod index option '${name}'`)
      }
      indexes = indexes.map((candidate) => (candidate === index ? buildIndex(info.id, index.number, spec) : candidate))
    }
    engine.catalogue.save(
      txn,
      buildCollection(namespace, info.id, info.uuid, options, indexes, info.nextIndex, info.sequence),
    )
    return doc(reply)
  },
}

export const listCollections: CommandType = {
  fields: ['listCollections', 'filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(command) {
    const { engine, body, txn, database } = command
    const nameOnly = booleanArgument(body, 'nameOnly')
    const filter = compileFilter(docArgument(body, 'filter', 'listCollections') ?? emptyDoc())
    const documents = engine.catalogue
      .list(txn, database)
      .map((info) =>
        doc({
          name: info.namespace.slice(database.length + 1),
          type: 'collection',
          options: nameOnly ? undefined : info.options,
          info: nameOnly ? undefined : doc({ readOnly: false, uuid: info.uuid }),
          idIndex: nameOnly ? undefined : info.indexes[0]!.spec,
        }),
      )
      .filter((document) => filter.matches(document))
    const namespace = `${database}.$cmd.listCollections`
    return cursorReply(
      namespace,
      engine.cursors.open(documents, cursorUser(command, namespace), {
        count: firstBatchSize(body, 'listCollections') || Infinity,
      }),
      'firstBatch',
    )
  },
}

export const listDatabases: CommandType = {
  fields: ['listDatabases', 'filter', 'nameOnly', 'authorizedDatabases'],
  run({ engine, body }) {
    const filter = compileFilter(docArgument(body, 'filter', 'listDatabases') ?? emptyDoc())
    const nameOnly = booleanArgument(body, 'nameOnly')
    const databases = engine.catalogue
      .databases()
      .map((name) => {
        const bytes = engine.catalogue
          .all()
          .filter((info) => info.namespace.startsWith(`${name}.`))
          .reduce((sum, info) => sum + engine.store.extentOf(info.id).bytes, 0)
        return nameOnly ? doc({ name }) : doc({ name, sizeOnDisk: integer(bytes), empty: bytes === 0 })
      })
      .filter((document) => filter.matches(document))
    return doc(
      nameOnly
        ? { databases }
        : {
            databases,
            totalSize: integer(databases.reduce((sum, one) => sum + (wholeNumber(one.get('sizeOnDisk')) ?? 0), 0)),
          },
    )
  },
}
