import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from '../bson/decode.ts'
import { BinaryValue, doc, int32, isDoc, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { dispatch } from '../commands/dispatch.ts'
import { openEngine, type RunningEngine } from '../openEngine.ts'
import { Disk } from '../storage/disk.ts'

/** The store without its network: commands go straight to the dispatcher. It can be closed and opened again. */
export class TestEngine {
  private readonly directory = mkdtempSync(join(tmpdir(), 'cauce-engine-'))
  private running: RunningEngine = this.open()

  private open(): RunningEngine {
    return openEngine(new Disk(join(this.directory, 'data.mdb'), false), { log: () => undefined, testCommands: false })
  }

  async run(command: Record<string, Value | undefined>, database = 'test'): Promise<Doc> {
    const body = doc({ ...command, $db: database })
    const reply = await dispatch(
      this.running.engine,
      { id: 1, body, sections: new Map(), silent: false, legacy: false },
      { id: 1, appName: undefined, authenticated: false, conversation: undefined },
    )
    return reply!
  }

  /** All documents of a reply's first batch, decoded. */
  static batch(reply: Doc): Doc[] {
    const cursor = reply.get('cursor')
    if (!isDoc(cursor)) throw new Error(`no cursor: ${String(reply.get('errmsg'))}`)
    return (cursor.get('firstBatch') as (RawDoc | Doc)[]).map((item) =>
      item instanceof RawDoc ? decode(item.bytes) : item,
    )
  }

  async find(collection: string, filter: Doc, options: Record<string, Value | undefined> = {}): Promise<Doc[]> {
    return TestEngine.batch(await this.run({ find: collection, filter, batchSize: int32(1_000_000), ...options }))
  }

  sweep(): Promise<void> {
    return this.running.sweep()
  }

  async reopen(): Promise<void> {
    await this.running.close()
    this.running = this.open()
  }

  async close(): Promise<void> {
    await this.running.close()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** A session id made of a number. */
export const lsid = (number: number): Doc => doc({ id: new BinaryValue(Buffer.alloc(16, number), 4) })
