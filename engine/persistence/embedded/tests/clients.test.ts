import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Agenda } from 'agenda'
import { MongoBackend } from '@agendajs/mongo-backend'
import { GridFSBucket, MongoClient, type Db } from 'mongodb'
import mongoose from 'mongoose'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import { testDatabaseUri } from '../../../../tests/setup/database.ts'

let client: MongoClient
let db: Db

beforeAll(async () => {
  client = await MongoClient.connect(testDatabaseUri('clients'))
  db = client.db()
})

afterAll(async () => {
  await db.dropDatabase()
  await client.close()
})

describe('the clients the product uses', () => {
  it('mongoose: models, indexes, validation of uniqueness, populate and transactions', async () => {
    const connection = await mongoose.createConnection(testDatabaseUri('mongoose')).asPromise()
    try {
      const Author = connection.model(
        'Author',
        new mongoose.Schema({ name: { type: String, unique: true }, born: Date }),
      )
      const Book = connection.model(
        'Book',
        new mongoose.Schema({
          title: String,
          tags: [String],
          author: { type: mongoose.Schema.Types.ObjectId, ref: 'Author' },
        }).index({ title: 1, tags: 1 }),
      )
      await Author.init()
      await Book.init()
      expect(await Book.syncIndexes()).toEqual([])
      const author = await Author.create({ name: 'Julio', born: new Date('1929-08-31') })
      await expect(Author.create({ name: 'Julio' })).rejects.toMatchObject({ code: 11000, keyValue: { name: 'Julio' } })
      await connection.transaction(async (session) => {
        await Book.create([{ title: 'Uno', tags: ['a', 'b'], author: author._id }], { session })
      })
      await expect(
        connection.transaction(async (session) => {
          await Book.create([{ title: 'Dos', author: author._id }], { session })
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      const books = await Book.find({ tags: 'b' }).populate<{ author: { name: string } }>('author')
      expect(books.map((book) => [book.title, book.author.name])).toEqual([['Uno', 'Julio']])
      expect(await Book.countDocuments()).toBe(1)
    } finally {
      await connection.dropDatabase()
      await connection.close()
    }
  })

  it('GridFS: stores and reads a file of several chunks', async () => {
    const bucket = new GridFSBucket(db)
    const content = randomBytes(700_000)
    const upload = bucket.openUploadStream('photo.jpg', { metadata: { by: 'test' } })
    await finished(Readable.from([content]).pipe(upload))
    expect((await buffer(bucket.openDownloadStream(upload.id))).equals(content)).toBe(true)
    await bucket.delete(upload.id)
    expect(await db.collection('fs.chunks').countDocuments()).toBe(0)
  })

  it('agenda: runs a job that was scheduled', async () => {
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: db, ensureIndex: true }), processEvery: 50 })
    const done = new Promise<unknown>((resolve) => agenda.define('greet', async (job) => resolve(job.attrs.data)))
    await agenda.start()
    try {
      await agenda.now('greet', { to: 'Ana' })
      expect(await done).toEqual({ to: 'Ana' })
    } finally {
      await agenda.stop()
    }
  })
})
