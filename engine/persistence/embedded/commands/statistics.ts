import { doc, integer, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import type { Command } from './command.ts'

export function indexStatistics(command: Command, info: CollectionInfo | undefined): Doc[] {
  return (info?.indexes ?? []).map((index) =>
    doc({ name: index.name, key: index.spec.get('key')!, host: command.engine.address, spec: index.spec }),
  )
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
  const count = integer(command.engine.store.countOf(info.id))
  return doc({
    ns: namespace,
    host: command.engine.address,
    count: spec.has('count') ? count : undefined,
    storageStats: spec.has('storageStats') ? doc({ count, nindexes: integer(info.indexes.length) }) : undefined,
  })
}
