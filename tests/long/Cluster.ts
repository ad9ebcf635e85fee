import { build } from 'esbuild'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../engine/config.ts'
import { start } from '../../engine/main.ts'
import { Post } from './Post.ts'
import { Program } from './Program.ts'

export interface Site {
  staff: string
  portal: string
}

/** Two server processes on one store process, with a mail server of their own; all built from this checkout's source. */
export class Cluster {
  readonly folder = mkdtempSync(join(tmpdir(), 'cauce-crash-'))
  readonly post: Post
  readonly sites: Site[] = []
  readonly servers: Program[] = []
  store!: Program
  uri = ''
  /** Milliseconds that the clocks of the servers are ahead: a server that starts anew is set to it before it is used. */
  #ahead = 0
  readonly #programs = resolve('node_modules/.cache', `crash-${process.pid}`)

  #environment: Record<string, string> = {}
  readonly #size: number

  /** `size`: with how many servers it starts. */
  constructor(random: () => number, size = 2) {
    this.post = new Post(random)
    this.#size = size
  }

  async start(): Promise<void> {
    mkdirSync(this.#programs, { recursive: true })
    await build({
      entryPoints: { server: 'engine/main.server.ts', store: 'engine/persistence/embedded/main.ts' },
      outdir: this.#programs,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      sourcemap: true,
    })
    // A copy: a pack that is edited meanwhile would install itself at the next start of a server.
    const packsDir = join(this.folder, 'definitions')
    cpSync(resolve('definitions'), packsDir, { recursive: true })
    await this.post.start()
    const port = await freePort()
    this.uri = `mongodb://127.0.0.1:${port}/crash?directConnection=true`
    this.store = new Program({
      script: join(this.#programs, 'store.mjs'),
      // The address outlives the store here, a secret would not.
      args: ['--port', String(port), '--no-auth', '--data', join(this.folder, 'store')],
      log: join(this.folder, 'store.log'),
      isReady: () => isListening(port),
    })
    await this.store.start()
    this.#environment = {
      MONGODB_URI: this.uri,
      PACKS_DIR: packsDir,
      SECRET_KEY: 'the same for both servers of this test',
      SMTP_URL: this.post.url,
      DATA_DIR: this.folder,
      LOG_LEVEL: 'warn',
    }
    const prepared = await start(readConfig({ ...this.#environment, PORT: '0', PORTAL_PORT: '0' }), { demo: 'records' })
    await prepared.stop()
    await Promise.all(Array.from({ length: this.#size }, () => this.addServer()))
  }

  async addServer(): Promise<void> {
    const [staff, portal] = [await freePort(), await freePort()]
    const site = { staff: `http://127.0.0.1:${staff}`, portal: `http://127.0.0.1:${portal}` }
    const server = new Program({
      script: join(this.#programs, 'server.mjs'),
      environment: { ...this.#environment, PORT: String(staff), PORTAL_PORT: String(portal) },
      log: join(this.folder, `server${staff}.log`),
      isReady: () => this.#setClock(site),
    })
    await server.start()
    this.sites.push(site)
    this.servers.push(server)
  }

  /** Moves the clocks of both servers forward by so many minutes. */
  async jump(minutes: number): Promise<void> {
    this.#ahead += minutes * 60_000
    await Promise.all(this.sites.map((site) => this.#setClock(site).catch(() => false)))
  }

  async #setClock({ staff }: Site): Promise<boolean> {
    if (!(await fetch(`${staff}/ready`)).ok) return false
    const { now } = (await (await fetch(`${staff}/dev/clock`)).json()) as { now: string }
    const behind = Math.round((Date.now() + this.#ahead - Date.parse(now)) / 60_000)
    if (behind <= 0) return true
    const answer = await fetch(`${staff}/dev/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: `PT${behind}M` }),
    })
    return answer.ok
  }

  async stop(keep: boolean): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()))
    await this.store.kill()
    this.post.stop()
    rmSync(this.#programs, { recursive: true, force: true })
    if (!keep) rmSync(this.folder, { recursive: true, force: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function isListening(port: number): Promise<boolean> {
  const { connect } = await import('node:net')
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } finally {
    socket.destroy()
  }
}
