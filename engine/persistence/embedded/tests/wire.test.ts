import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from '../bson/encode.ts'
import { doc, int32, type Doc } from '../bson/values.ts'
import { startEmbeddedStore, type EmbeddedStore } from '../index.ts'
import { WireClient } from '../wire/client.ts'

let store: EmbeddedStore
let port: number
const directory = mkdtempSync(join(tmpdir(), 'cauce-wire-'))

beforeAll(async () => {
  store = await startEmbeddedStore({ dataDir: directory, port: 0, auth: false, durable: false })
  port = Number(/:(\d+)\//.exec(store.uri)![1])
})

afterAll(async () => {
  await store.stop()
  rmSync(directory, { recursive: true, force: true })
})

function frame(body: Doc, flags = 0): Buffer {
  const bytes = encode(body)
  const head = Buffer.alloc(21)
  head.writeInt32LE(21 + bytes.length, 0)
  head.writeInt32LE(7, 4)
  head.writeInt32LE(2013, 12)
  head.writeUInt32LE(flags, 16)
  return Buffer.concat([head, bytes])
}

const open = (): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      resolve(socket)
    })
    socket.once('error', reject)
  })

const nextData = (socket: Socket): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve))

async function isAlive(): Promise<boolean> {
  const client = await WireClient.connect(store.uri)
  const reply = await client.command(doc({ ping: int32(1), $db: 'admin' }))
  client.close()
  return reply.get('ok') === 1
}

const PING = frame(doc({ ping: int32(1), $db: 'admin' }))

describe('the wire', () => {
  it('takes frames in any pieces, several at once, and answers in order', async () => {
    const socket = await open()
    for (const byte of PING) socket.write(Buffer.from([byte]))
    expect((await nextData(socket)).readInt32LE(8)).toBe(7)
    socket.write(Buffer.concat([PING, PING, PING.subarray(0, 10)]))
    let received = (await nextData(socket)).length
    const one = received
    while (received < one) received += (await nextData(socket)).length
    socket.write(PING.subarray(10))
    await nextData(socket)
    socket.destroy()
  })

  it('does not answer what wants no answer', async () => {
    const socket = await open()
    socket.write(Buffer.concat([frame(doc({ insert: 'c', documents: [doc({ _id: int32(1) })], $db: 'w0' }), 2), PING]))
    const reply = await nextData(socket)
    expect(reply.length).toBe(reply.readInt32LE(0))
    socket.destroy()
    const client = await WireClient.connect(store.uri)
    const counted = await client.command(doc({ count: 'c', $db: 'w0' }))
    expect(counted.get('n')).toEqual(int32(1))
    client.close()
  })

  it('survives any bytes, and frames with any byte changed', async () => {
    const valid = frame(
      doc({ find: 'c', filter: doc({ a: doc({ $gt: int32(1) }), b: [1, 'x'] }), limit: int32(1), $db: 'fuzz' }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
          fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
            const bytes = Buffer.from(valid)
            // The length stays, so that the frame is read at all.
            for (const [at, byte] of changes) if (at >= 4) bytes[at] = byte
            return bytes
          }),
        ),
        async (bytes) => {
          const socket = await open()
          const over = new Promise<void>((resolve) => {
            socket.once('close', () => {
              resolve()
            })
            socket.once('data', () => {
              resolve()
            })
            setTimeout(resolve, 20)
          })
          socket.on('error', () => undefined)
          socket.write(bytes)
          await over
          socket.destroy()
        },
      ),
      { numRuns: 300 },
    )
    expect(await isAlive()).toBe(true)
  })
})
