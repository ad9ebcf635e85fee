import { AbstractCursor, Collection, Db, GridFSBucket, ClientSession, MongoClient, type Document } from 'mongodb'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import type { Entities } from './unifiedEntities.ts'
import type { Json, Operation } from './unifiedSpec.ts'

/** Options of a driver call: the arguments less those passed by position, sessions looked up by name. */
function optionsOf(args: Json, entities: Entities, ...positional: string[]): Json {
  const options: Json = { ...args }
  for (const name of positional) delete options[name]
  if (typeof options.session === 'string') options.session = entities.session(options.session)
  for (const name of ['readPreference'])
    if (options[name] && typeof options[name] === 'object' && 'mode' in (options[name] as Json))
      options[name] = (options[name] as Json).mode
  return options
}

type Args = Record<
  'filter' | 'document' | 'documents' | 'update' | 'replacement' | 'pipeline' | 'fieldName' | 'requests',
  never
>

/** Runs one operation that is not the test runner's own, and gives its result in the words of the format. */
export async function runOperation(
  operation: Operation,
  entities: Entities,
  runAll: (operations: Operation[]) => Promise<void>,
): Promise<unknown> {
  const target = entities.entity(operation.object)
  const args = operation.arguments ?? {}
  const all = (...positional: string[]): never => optionsOf(args, entities, ...positional) as never
  const { filter, document, documents, update, replacement, pipeline, fieldName, requests } = args as Args
  if (target instanceof Collection) {
    switch (operation.name) {
      case 'insertOne':
        return target.insertOne(document, all('document'))
      case 'insertMany':
        return target.insertMany(documents, all('documents'))
      case 'updateOne':
        return target.updateOne(filter, update, all('filter', 'update'))
      case 'updateMany':
        return target.updateMany(filter, update, all('filter', 'update'))
      case 'replaceOne':
        return target.replaceOne(filter, replacement, all('filter', 'replacement'))
      case 'deleteOne':
        return target.deleteOne(filter, all('filter'))
      case 'deleteMany':
        return target.deleteMany(filter, all('filter'))
      case 'find':
        return target.find(filter, all('filter')).toArray()
      case 'findOne':
        return target.findOne(filter, all('filter'))
      case 'findOneAndUpdate':
        return target.findOneAndUpdate(filter, update, returning(all('filter', 'update')))
      case 'findOneAndReplace':
        return target.findOneAndReplace(filter, replacement, returning(all('filter', 'replacement')))
      case 'findOneAndDelete':
        return target.findOneAndDelete(filter, all('filter'))
      case 'countDocuments':
        return target.countDocuments(filter, all('filter'))
      case 'estimatedDocumentCount':
        return target.estimatedDocumentCount(all())
      case 'count':
        return target.count(filter, all('filter'))
      case 'distinct':
        return target.distinct(fieldName, filter, all('fieldName', 'filter'))
      case 'aggregate':
        return target.aggregate(pipeline, all('pipeline')).toArray()
      case 'bulkWrite':
        return target.bulkWrite(requests, all('requests'))
      case 'createIndex':
        return target.createIndex(args.keys as never, all('keys'))
      case 'dropIndex':
        return target.dropIndex(args.name as string, all('name'))
      case 'listIndexes':
        return target.listIndexes(all()).toArray()
      case 'listIndexNames':
        return (await target.listIndexes(all()).toArray()).map((index: Document) => index.name as string)
      case 'rename':
        return target.rename(args.to as string, all('to'))
    }
  }
  if (target instanceof Db) {
    switch (operation.name) {
      case 'runCommand':
        return target.command(args.command as Document, all('command', 'commandName'))
      case 'createCollection':
        return target.createCollection(args.collection as string, all('collection'))
      case 'dropCollection':
        return target.dropCollection(args.collection as string, all('collection'))
      case 'modifyCollection':
        return target.command({ collMod: args.collection, ...(all('collection') as Json) })
      case 'listCollections':
      case 'listCollectionObjects':
        return target.listCollections(args.filter ?? {}, all('filter')).toArray()
      case 'listCollectionNames':
        return target.listCollections(args.filter ?? {}, { ...(all('filter') as Json), nameOnly: true }).toArray()
      case 'aggregate':
        return target.aggregate(pipeline, all('pipeline')).toArray()
    }
  }
  if (target instanceof MongoClient) {
    switch (operation.name) {
      case 'listDatabases':
        return (await target.db('admin').admin().listDatabases(all())).databases
      case 'listDatabaseNames':
        return (
          await target
            .db('admin')
            .admin()
            .listDatabases({ ...(all() as Json), nameOnly: true })
        ).databases.map((one) => one.name)
    }
  }
  if (target instanceof ClientSession) {
    switch (operation.name) {
      case 'startTransaction':
        return target.startTransaction(all())
      case 'commitTransaction':
        return target.commitTransaction(all())
      case 'abortTransaction':
        return target.abortTransaction(all())
      case 'endSession':
        return target.endSession()
      case 'withTransaction':
        return target.withTransaction(() => runAll(args.callback as Operation[]), all('callback'))
    }
  }
  if (target instanceof GridFSBucket) return runBucket(target, operation, args)
  if (target instanceof AbstractCursor && operation.name === 'close') return target.close()
  throw new Error(`the runner does not know '${operation.name}' of '${operation.object}'`)
}

function returning(options: Json): never {
  const { returnDocument, ...rest } = options
  return (
    returnDocument === undefined ? rest : { ...rest, returnDocument: (returnDocument as string).toLowerCase() }
  ) as never
}

async function runBucket(bucket: GridFSBucket, operation: Operation, args: Json): Promise<unknown> {
  switch (operation.name) {
    case 'upload': {
      const { source, filename, contentType, disableMD5: _, ...options } = args
      const stream = bucket.openUploadStream(
        filename as string,
        { ...options, ...(contentType !== undefined && { contentType }) } as never,
      )
      stream.end(Buffer.from((source as Json).$$hexBytes as string, 'hex'))
      await finished(stream)
      return stream.id
    }
    case 'download':
      return buffer(bucket.openDownloadStream(args.id as never))
    case 'downloadByName': {
      const { filename, ...options } = args
      return buffer(bucket.openDownloadStreamByName(filename as string, options))
    }
    case 'delete':
      return bucket.delete(args.id as never)
    case 'deleteByName':
      return deleteByName(bucket, args.filename as string)
    case 'rename':
      return bucket.rename(args.id as never, args.newFilename as string)
    default:
      throw new Error(`the runner does not know '${operation.name}' of a bucket`)
  }
}

async function deleteByName(bucket: GridFSBucket, filename: string): Promise<void> {
  const files = await bucket.find({ filename }).toArray()
  if (files.length === 0) throw new Error(`FileNotFound: no file named ${filename}`)
  for (const file of files) await bucket.delete(file._id)
}
