import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { MongoClient, type MongoServerError } from 'mongodb'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Programs } from '../../../../tests/setup/programs.ts'

let programs: Programs
const directory = mkdtempSync(join(tmpdir(), 'cauce-full-'))

beforeAll(async () => {
  programs = await Programs.build({ store: 'engine/persistence/embedded/main.ts' })
})

afterAll(() => {
  programs.remove()
  rmSync(directory, { recursive: true, force: true })
})

it('stops with 91 when the disk is full, says of no commit that it succeeded, and keeps what it has acknowledged', async () => {
  const args = ['--data', join(directory, 'data'), '--quiet']
  const store = programs.start('store', { args, limit: 6 * 1024 })
  const client = await MongoClient.connect(await store.firstLine, { retryWrites: false })
  const rows = client.db('full').collection<{ _id: number; text: string }>('rows')
  const acknowledged: number[] = []
  let refusal: MongoServerError | undefined
  for (let id = 0; !refusal && id < 2000; id++)
    await rows.insertOne({ _id: id, text: 'x'.repeat(20_000) }).then(
      () => acknowledged.push(id),
      (error: unknown) => (refusal = error as MongoServerError),
    )
  expect(refusal).toMatchObject({ code: 91, codeName: 'ShutdownInProgress' })
  expect(acknowledged.length).toBeGreaterThan(10)
  // Nothing goes on: what is visible may not be what is on disk.
  await expect(rows.findOne()).rejects.toMatchObject({ code: 91 })
  await expect(client.db('admin').command({ ping: 1 })).rejects.toMatchObject({ code: 91 })
  await client.close()
  store.child.kill('SIGKILL')
  await store.exit
  const again = programs.start('store', { args })
  const reader = await MongoClient.connect(await again.firstLine)
  const found = await reader.db('full').collection<{ _id: number }>('rows').find().toArray()
  expect(found.map(({ _id }) => _id)).toEqual(acknowledged)
  expect(await reader.db('full').command({ validate: 'rows' })).toMatchObject({ valid: true })
  await reader.close()
}, 60_000)

it('says of a transaction it could not write that nobody knows, also when the commit is repeated', async () => {
  const args = ['--data', join(directory, 'transactions'), '--quiet']
  const store = programs.start('store', { args, limit: 4 * 1024 })
  const client = await MongoClient.connect(await store.firstLine, { retryWrites: false })
  const rows = client.db('full').collection('rows')
  await rows.insertOne({ first: true })
  await client.withSession(async (session) => {
    session.startTransaction()
    await rows.insertOne({ text: 'x'.repeat(8 * 1024 * 1024) }, { session })
    const refusal: unknown = await session.commitTransaction().catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 91 })
    expect((refusal as MongoServerError).hasErrorLabel('UnknownTransactionCommitResult')).toBe(true)
    const repeated: unknown = await session.commitTransaction().catch((error: unknown) => error)
    expect(repeated).toMatchObject({ code: 91 })
    expect((repeated as MongoServerError).hasErrorLabel('UnknownTransactionCommitResult')).toBe(true)
  })
  const other: unknown = await rows.findOne().catch((error: unknown) => error)
  expect((other as MongoServerError).errorLabels).not.toContain('UnknownTransactionCommitResult')
  await client.close()
}, 60_000)
