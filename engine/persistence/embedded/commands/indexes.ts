import { doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { buildIndex, type CollectionInfo, type IndexInfo } from '../catalogue/collectionInfo.ts'
import { fillIndex } from '../catalogue/writeDocument.ts'
import { StoreError } from '../errors.ts'
import { keyPatternText } from '../query/planner.ts'
import { firstBatchSize, namespaceOf } from './arguments.ts'
import type { CommandType } from './command.ts'
import { cursorReply, cursorUser } from './find.ts'
import { findExisting, normaliseIndexSpec } from './indexSpec.ts'

/** MongoDB's limit; it also bounds the two bytes an index number has in a key. */
const MOST_INDEXES = 64

export const createIndexes: CommandType = {
  transactional: true,
  fields: ['createIndexes', 'indexes', 'commitQuorum', 'ignoreUnknownIndexOptions'],
  run(command) {
    const { engine, body, txn } = command
    const namespace = namespaceOf(command)
    const specs = body.get('indexes')
    if (!Array.isArray(specs))
      throw new StoreError(40414, "BSON field 'createIndexes.indexes' is missing but a required field")
    if (specs.length === 0) throw new StoreError(2, 'Must specify at least one index to create')
    const before = engine.catalogue.find(txn, namespace)
    let info = before ?? engine.catalogue.create(txn, namespace)
    const numIndexesBefore = info.indexes.length
    const added: IndexInfo[] = []
    for (const given of specs) {
      if (!isDoc(given)) throw new StoreError(14, 'The elements of the indexes array must be objects')
      const spec = normaliseIndexSpec(given, info.options.get('collation'))
      if (findExisting(info.indexes, spec)) continue
      if (info.indexes.length >= MOST_INDEXES)
        throw new StoreError(67, `add index fails, too many indexes for ${namespace}`)
      const index = buildIndex(info.id, info.nextIndex, spec)
      info = { ...info, indexes: [...info.indexes, index], nextIndex: info.nextIndex + 1 }
      added.push(index)
    }
    for (const index of added) fillIndex(engine.catalogue, txn, info, index)
    if (added.length > 0 || !before) engine.catalogue.save(txn, info)
    return doc({
      numIndexesBefore: int32(numIndexesBefore),
      numIndexesAfter: int32(info.indexes.length),
      createdCollectionAutomatically: before === undefined,
      note: added.length === 0 ? 'all indexes already exist' : undefined,
    })
  },
}

export const listIndexes: CommandType = {
  fields: ['listIndexes', 'cursor', 'includeBuildUUIDs', 'includeIndexBuildInfo'],
  run(command) {
    const namespace = namespaceOf(command)
    const info = command.engine.catalogue.find(command.txn, namespace)
    if (!info) throw new StoreError(26, `ns does not exist: ${namespace}`)
    return cursorReply(
      namespace,
      command.engine.cursors.open(
        info.indexes.map((index) => index.spec),
        cursorUser(command, namespace),
        { count: firstBatchSize(command.body, 'listIndexes') || Infinity },
      ),
      'firstBatch',
    )
  },
}

export const dropIndexes: CommandType = {
  fields: ['dropIndexes', 'deleteIndexes', 'index'],
  run(command) {
    const { engine, txn, body } = command
    const namespace = namespaceOf(command)
    const info = engine.catalogue.find(txn, namespace)
    if (!info) throw new StoreError(26, `ns not found ${namespace}`)
    const wanted = body.get('index')
    if (wanted === undefined)
      throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field")
    const doomed = chosen(info, wanted)
    for (const index of doomed) engine.catalogue.abandon(txn, index.space)
    engine.catalogue.save(txn, { ...info, indexes: info.indexes.filter((index) => !doomed.includes(index)) })
    return doc({
      nIndexesWas: int32(info.indexes.length),
      msg: wanted === '*' ? 'non-_id indexes dropped for collection' : undefined,
    })
  },
}

function chosen(info: CollectionInfo, wanted: Value): IndexInfo[] {
  if (wanted === '*') return info.indexes.slice(1)
  const list = Array.isArray(wanted) ? wanted : [wanted]
  return list.map((item) => {
    const index =
      typeof item === 'string'
        ? info.indexes.find((candidate) => candidate.name === item)
        : isDoc(item)
          ? info.indexes.find((candidate) => keyPatternText(candidate.spec.get('key') as Doc) === keyPatternText(item))
          : undefined
    if (!index)
      throw new StoreError(
        27,
        typeof item === 'string'
          ? `index not found with name [${item}]`
          : `can't find index with key: ${isDoc(item) ? keyPatternText(item) : String(item)}`,
      )
    if (index.number === 1) throw new StoreError(72, 'cannot drop _id index')
    return index
  })
}
