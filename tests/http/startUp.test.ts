import { afterAll, describe, expect, it } from '@jest/globals'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile, mkdir, readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ConfigError, readConfig } from '../../engine/config.ts'
import { PortInUseError, start } from '../../engine/main.ts'
import { startProduct, Visitor } from './harness.ts'

const directories: string[] = []
async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'cauce-start-'))
  directories.push(directory)
  return directory
}
afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true })
})

describe('starting', () => {
  it('says which port is in use and which variable changes it, and leaves nothing running', async () => {
    const other = createServer()
    other.listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const config = readConfig({
      PORT: String(port),
      PORTAL_PORT: '0',
      DATA_DIR: await temporary(),
      LOG_LEVEL: 'silent',
      PACKS_DIR: resolve('definitions'),
    })
    await expect(start(config, { demo: 'none' })).rejects.toThrow(PortInUseError)
    await expect(start(config, { demo: 'none' })).rejects.toThrow(
      `Port ${port} is in use. Stop the other program or set PORT.`,
    )
    other.close()
  })

  it('refuses a data directory written by another version with a clear message and leaves it as it is', async () => {
    const dataDir = await temporary()
    await mkdir(join(dataDir, 'store'))
    await writeFile(join(dataDir, 'store', 'version'), '999\n')
    const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent', PACKS_DIR: resolve('definitions') })
    await expect(start(config, { demo: 'none' })).rejects.toThrow(/version/i)
    expect(await readdir(join(dataDir, 'store'))).toEqual(['version'])
  })

  it('names every wrong variable of the environment', () => {
    expect(() => readConfig({ PORT: 'abc', MONGODB_URI: 'http://x', SMTP_URL: 'x' })).toThrow(ConfigError)
    expect(() => readConfig({ PORT: 'abc', MONGODB_URI: 'http://x' })).toThrow(
      /PORT[\s\S]*MONGODB_URI|MONGODB_URI[\s\S]*PORT/,
    )
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/SECRET_KEY/)
  })

  it('keeps what was saved when it is stopped and started again', async () => {
    const dataDir = await temporary()
    const config = readConfig({
      PORT: '0',
      PORTAL_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      PACKS_DIR: resolve('definitions'),
    })
    const first = await start(config, { demo: 'records' })
    const before = await first.ctx.db.records('cliente').count({})
    await first.stop()
    const second = await start(config, { demo: 'records' })
    try {
      expect(await second.ctx.db.records('cliente').count({})).toBe(before)
      expect(before).toBeGreaterThan(3)
      expect(await second.ctx.db.packVersions.count({})).toBe(1)
    } finally {
      await second.stop()
    }
  })

  it('has no development pages and no demo users in production', async () => {
    const product = await startProduct({ environment: { NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(40) } })
    try {
      const nobody = new Visitor(product.staffUrl)
      expect((await nobody.get('/dev/mail.json')).status).not.toBe(200)
      expect((await nobody.post('/dev/clock', { advance: 'P1D' })).status).not.toBe(200)
      expect(
        (await nobody.post('/api/session', { email: 'superadmin@demo.pe', password: 'Demo-Cauce-2026' })).status,
      ).toBe(401)
      expect(product.clock).toBeNull()
    } finally {
      await product.stop()
    }
  })
})
