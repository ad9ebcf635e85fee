import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Programs, type StartedProgram } from '../setup/programs.ts'

/** The embedded store under the product, as processes: who owns it, and what happens when it cannot go on. */
let programs: Programs
let dataDir: string
const started: StartedProgram[] = []

beforeAll(async () => {
  programs = await Programs.build({
    server: 'engine/main.server.ts',
    store: 'engine/persistence/embedded/main.ts',
    // Beside the server, where it looks for its store's thread.
    storeWorker: 'engine/persistence/embedded/worker.ts',
  })
}, 60_000)

afterAll(() => {
  programs.remove()
})

afterEach(async () => {
  for (const program of started.splice(0)) {
    program.child.kill('SIGKILL')
    await program.exit
  }
  rmSync(dataDir, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function startStore(): StartedProgram {
  const program = programs.start('store', { args: ['--data', join(dataDir, 'store'), '--quiet'] })
  started.push(program)
  return program
}

async function startServer(): Promise<{ program: StartedProgram; url: string }> {
  const [port, portalPort] = [await freePort(), await freePort()]
  const program = programs.start('server', {
    environment: {
      DATA_DIR: dataDir,
      PORT: String(port),
      PORTAL_PORT: String(portalPort),
      LOG_LEVEL: 'error',
      PACKS: 'toy',
      PACKS_DIR: resolve('tests'),
    },
  })
  started.push(program)
  return { program, url: `http://127.0.0.1:${port}` }
}

/** Status of /ready; undefined while nobody answers. */
const readiness = (url: string): Promise<number | undefined> =>
  fetch(`${url}/ready`).then(
    ({ status }) => status,
    () => undefined,
  )

async function until(url: string, status: number | undefined): Promise<void> {
  for (const deadline = Date.now() + 30_000; (await readiness(url)) !== status; await sleep(50))
    if (Date.now() > deadline) throw new Error(`/ready does not become ${status}`)
}

describe('a process attached to the store of another', () => {
  it('answers 503 on /ready when the owner ends, and then ends itself with an error', async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cauce-owner-'))
    const owner = startStore()
    await owner.firstLine
    const attached = await startServer()
    // It says where it is when all of it works, a little after it begins to listen.
    await attached.program.firstLine
    await until(attached.url, 200)
    owner.child.kill('SIGKILL')
    await until(attached.url, 503).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${attached.program.errors} exit ${attached.program.child.exitCode}`)
    })
    expect(await attached.program.exit).toBe(1)
    expect(await readiness(attached.url)).toBeUndefined()
  }, 90_000)
})

describe('a damaged data file', () => {
  it.each<[string, (file: string) => void]>([
    ['truncated', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    [
      'torn: its first pages are lost',
      (file) => {
        const handle = openSync(file, 'r+')
        writeSync(handle, Buffer.alloc(8192), 0, 8192, 0)
        closeSync(handle)
      },
    ],
  ])(
    '%s: store and product say so in one line and end with 1, every time, and leave it as it is',
    async (_, damage) => {
      dataDir = mkdtempSync(join(tmpdir(), 'cauce-damaged-'))
      const owner = startStore()
      await owner.firstLine
      const prepared = await startServer()
      await until(prepared.url, 200)
      for (const program of [prepared.program, owner]) {
        program.child.kill('SIGTERM')
        await program.exit
      }
      const file = join(dataDir, 'store', 'data.mdb')
      damage(file)
      const bytes = readFileSync(file)
      for (const program of [startStore(), startStore(), (await startServer()).program]) {
        expect(await program.exit).toBe(1)
        expect(program.errors.trim()).toMatch(/^The data file .* is damaged: .* Restore it from a backup\.$/)
      }
      expect(readFileSync(file).equals(bytes)).toBe(true)
    },
    90_000,
  )
})
