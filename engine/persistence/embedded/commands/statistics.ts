import { doc, int32, integer, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { namespaceOf } from './arguments.ts'
import type { Command, CommandType, Engine } from './command.ts'

export function indexStatistics(command: Command, info: CollectionInfo | undefined): Doc[] {
  return (info?.indexes ?? []).map((index) =>
    doc({ name: index.name, key: index.spec.get('key')!, host: command.engine.address, spec: index.spec }),
  )
}

/** Sizes are those of the documents; what lmdb needs around them is not known by collection. */
function storageStatistics(engine: Engine, info: CollectionInfo | undefined): Doc {
  const { documents, bytes } = info ? engine.store.extentOf(info.id) : { documents: 0, bytes: 0 }
  return doc({
    size: integer(bytes),
    count: integer(documents),
    avgObjSize: documents > 0 ? integer(Math.round(bytes / documents)) : undefined,
    storageSize: integer(bytes),
    capped: info?.capped !== undefined,
    max: info?.capped && Number.isFinite(info.capped.documents) ? integer(info.capped.documents) : undefined,
    maxSize: info?.capped && integer(info.capped.bytes),
    nindexes: int32(info?.indexes.length ?? 0),
  })
}

/** `$collStats` with `count` and `storageStats`. */
export function collectionStatistics(
  command: Command,
  namespace: string,
  info: CollectionInfo | undefined,
  spec: Value,
): Doc {
  if (!isDoc(spec)) throw new StoreError(40166, '$collStats must take a nested object')
  if (!info) throw new StoreError(26, `Collection [${namespace}] not found.`)
  return doc({
    ns: namespace,
    host: command.engine.address,
    count: spec.has('count') ? integer(command.engine.store.extentOf(info.id).documents) : undefined,
    storageStats: spec.has('storageStats') ? storageStatistics(command.engine, info) : undefined,
  })
}

export const collStats: CommandType = {
  fields: ['collStats', 'collstats', 'scale'],
  run(command) {
    const namespace = namespaceOf(command)
    const info = command.engine.catalogue.find(command.txn, namespace)
    return new Map([['ns', namespace], ...storageStatistics(command.engine, info)])
  },
}

export const dbStats: CommandType = {
  fields: ['dbStats', 'dbstats', 'scale', 'freeStorage'],
  run({ engine, txn, database }) {
    const all = engine.catalogue.list(txn, database)
    const extents = all.map((info) => engine.store.extentOf(info.id))
    const bytes = extents.reduce((sum, extent) => sum + extent.bytes, 0)
    return doc({
      db: database,
      collections: int32(all.length),
      views: int32(0),
      objects: integer(extents.reduce((sum, extent) => sum + extent.documents, 0)),
      dataSize: integer(bytes),
      storageSize: integer(bytes),
      indexes: int32(all.reduce((sum, info) => sum + info.indexes.length, 0)),
    })
  },
}
