import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readConfig } from '../config.ts'
import { openHttpPort } from './openHttpPort.ts'

describe('the way out for plugins', () => {
  let server: Server
  let base: string
  beforeAll(async () => {
    server = createServer((req, res) => {
      if (req.url === '/large') res.end('x'.repeat(1024 * 1024 + 1))
      else if (req.url === '/moved') res.writeHead(302, { location: '/text' }).end()
      else if (req.url === '/gone') res.writeHead(404).end()
      else if (req.url === '/down') res.writeHead(503).end()
      else if (req.url === '/broken') res.destroy()
      else res.writeHead(200, { 'content-type': 'text/plain' }).end('año')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const open = (environment: Record<string, string> = {}) =>
    openHttpPort(readConfig({ OUTGOING_HTTP: '1', ...environment }))

  it('reads an answer', async () => {
    expect(await open().get(`${base}/text`)).toEqual({ status: 200, contentType: 'text/plain', text: 'año' })
  })
  it.each([
    ['/large', false, 'demasiado grande'],
    ['/moved', false, '302'],
    ['/gone', false, '404'],
    ['/down', true, '503'],
    ['/broken', true, 'no hay conexión'],
  ])('%s is a failure; again may help: %s', async (path, temporary, message) => {
    await expect(open().get(base + path)).rejects.toMatchObject({
      name: 'HttpFailure',
      temporary,
      message: expect.stringContaining(message) as string,
    })
  })
  it.each(['file:///etc/passwd', 'ftp://x', 'sunat', 'http://user:secret@127.0.0.1/'])(
    '%s is no address',
    async (url) => {
      await expect(open().get(url)).rejects.toMatchObject({ message: 'la dirección no es válida', temporary: false })
    },
  )
  it('waits 10 seconds unless told otherwise', () => {
    expect(readConfig({}).outgoingHttpTimeout).toBe(10)
    expect(readConfig({ OUTGOING_HTTP_TIMEOUT: '3' }).outgoingHttpTimeout).toBe(3)
    expect(() => readConfig({ OUTGOING_HTTP_TIMEOUT: '0' })).toThrow('OUTGOING_HTTP_TIMEOUT')
  })
  it('in production plain http is refused unless allowed, and nothing leaves where it is switched off', async () => {
    const production = { NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) }
    await expect(open(production).get(`${base}/text`)).rejects.toThrow('la dirección no es válida')
    expect((await open({ ...production, ALLOW_HTTP: '1' }).get(`${base}/text`)).status).toBe(200)
    await expect(openHttpPort(readConfig({})).get(`${base}/text`)).rejects.toThrow('OUTGOING_HTTP')
  })
})
