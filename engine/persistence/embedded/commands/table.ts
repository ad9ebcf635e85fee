import { aggregate } from './aggregate.ts'
import { collMod, create, drop, dropDatabase, listCollections, listDatabases, renameCollection } from './collections.ts'
import type { CommandType } from './command.ts'
import { count, distinct } from './countAndDistinct.ts'
import { deleteCommand } from './delete.ts'
import { explain } from './explain.ts'
import { find, getMore, killCursors } from './find.ts'
import { findAndModify } from './findAndModify.ts'
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts'
import { insert } from './insert.ts'
import { serverCommands } from './server.ts'
import { collStats, dbStats } from './statistics.ts'
import { update } from './update.ts'
import { validate } from './validate.ts'

/** Every command there is: the whole contract of the store. Commit and abort are part of the dispatcher. */
export const COMMANDS: Readonly<Record<string, CommandType>> = {
  ...serverCommands,
  aggregate,
  collMod,
  collStats,
  dbStats,
  count,
  create,
  createIndexes,
  delete: deleteCommand,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  deleteIndexes: dropIndexes,
  explain,
  find,
  findAndModify,
  findandmodify: findAndModify,
  getMore,
  insert,
  killCursors,
  listCollections,
  listDatabases,
  listIndexes,
  renameCollection,
  update,
  validate,
}
