import { decode } from '../bson/decode.ts'
import { emptyDoc, isDoc, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { compilePipeline } from '../aggregate/compilePipeline.ts'
import type { PipelineContext } from '../aggregate/stage.ts'
import { insertDocument, replaceDocument } from '../catalogue/writeDocument.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { firstMatch } from '../query/execute.ts'
import { getAt } from '../update/path.ts'
import { booleanArgument } from './arguments.ts'
import type { Command } from './command.ts'
import { encodeStored, prepareDocument, validateDocument } from './insert.ts'

const toDoc = (item: Doc | RawDoc): Doc => (item instanceof RawDoc ? decode(item.bytes) : item)

/** `$out`: replaces a collection by the results, keeping its options and indexes. */
export function compileOut(
  command: Command,
  spec: Value,
  _context: PipelineContext,
): (input: Iterable<Doc | RawDoc>) => void {
  const name = typeof spec === 'string' ? spec : isDoc(spec) ? spec.get('coll') : undefined
  if (typeof name !== 'string' || (isDoc(spec) && spec.has('timeseries')))
    throw new StoreError(16990, '$out only supports a string or object argument')
  const database = isDoc(spec) ? (spec.get('db') as string) : command.database
  const namespace = `${database}.${name}`
  const { catalogue } = command.engine
  return (input) => {
    const documents = [...input].map(toDoc)
    const old = catalogue.find(command.txn, namespace)
    if (old) catalogue.drop(command.txn, old)
    const fresh = catalogue.create(command.txn, namespace, old?.options)
    const info = old ? catalogue.withIndexes(command.txn, fresh, old.indexes) : fresh
    for (const item of documents) insertOne(command, info, item)
  }
}

function insertOne(command: Command, info: CollectionInfo, item: Doc): void {
  const { document, bytes } = prepareDocument(undefined, item, command.now)
  validateDocument(info, document, booleanArgument(command.body, 'bypassDocumentValidation'))
  insertDocument(command.engine.catalogue, command.txn, info, document, bytes)
}

/** `$merge`: inserts, replaces or merges each result into a collection. */
export function compileMerge(
  command: Command,
  spec: Value,
  context: PipelineContext,
): (input: Iterable<Doc | RawDoc>) => void {
  const options: Doc =
    typeof spec === 'string' ? new Map<string, Value>([['into', spec]]) : isDoc(spec) ? spec : emptyDoc()
  const into = options.get('into')
  const name = isDoc(into) ? into.get('coll') : into
  if (typeof name !== 'string') throw new StoreError(51178, "$merge 'into' must be a string or an object")
  const namespace = `${isDoc(into) && into.has('db') ? (into.get('db') as string) : command.database}.${name}`
  const on = options.get('on') ?? '_id'
  const fields = (Array.isArray(on) ? on : [on]) as string[]
  const whenMatched = options.get('whenMatched') ?? 'merge'
  const whenNotMatched = options.get('whenNotMatched') ?? 'insert'
  if (options.has('let')) throw notSupported("$merge 'let'")
  const { catalogue } = command.engine
  return (input) => {
    for (const raw of [...input]) {
      const item = toDoc(raw)
      const info = catalogue.findOrCreate(command.txn, namespace)
      const key: Doc = new Map(
        fields.map((field): [string, Value] => [field, new Map([['$eq', getAt(item, field.split('.')) ?? null]])]),
      )
      const found =
        item.has('_id') || !fields.includes('_id')
          ? firstMatch(catalogue, command.txn, { info, filter: compileFilter(key) })
          : undefined
      // 'fail' inserts all the same: the duplicate key is the error.
      if (!found || whenMatched === 'fail') {
        if (!found && whenNotMatched === 'fail')
          throw new StoreError(13113, '$merge could not find a matching document in the target collection')
        if (whenNotMatched === 'insert' || found) insertOne(command, info, item)
        continue
      }
      if (whenMatched === 'keepExisting') continue
      const before = decode(found.bytes)
      let after: Doc
      if (Array.isArray(whenMatched)) {
        const variables = new Map([...context.variables, ['new', item] as const])
        after = [...compilePipeline(whenMatched, { ...context, variables })([decode(found.bytes)])][0]!
      } else
        after =
          whenMatched === 'replace' ? new Map([['_id', before.get('_id')!], ...item]) : new Map([...before, ...item])
      after.set('_id', before.get('_id')!)
      replaceDocument(
        catalogue,
        command.txn,
        info,
        found.record,
        before,
        found.bytes.length,
        after,
        encodeStored(after),
      )
    }
  }
}
