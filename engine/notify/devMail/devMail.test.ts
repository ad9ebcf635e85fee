import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import express from 'express'
import request from 'supertest'
import type { Ctx } from '../../context.ts'
import { deliverMail } from '../mail/deliverMail.ts'
import { mailPortOf, putMailPort } from '../mail/mailPort.ts'
import { openMailPort } from '../mail/openMailPort.ts'
import { devMailRouter } from './devMailRouter.ts'
import { startDevMail, type DevMail } from './startDevMail.ts'

let devMail: DevMail
// The port is all that delivery asks of the context.
const ctx = { services: new Map() } as unknown as Ctx
const app = express()

beforeAll(async () => {
  devMail = await startDevMail()
  putMailPort(ctx, openMailPort(devMail.url, 'Cauce <no-responder@demo.pe>'))
  app.use('/dev', devMailRouter(devMail))
  await deliverMail(ctx, row('a', 'rosa@demo.pe', 'Señales: ñandú ✓', '<p>Hola <b>Rosa</b></p>'))
  await deliverMail(ctx, row('b', 'juan@demo.pe', '<script>alert(1)</script>', '<p>Juan</p>'))
})
afterAll(async () => {
  mailPortOf(ctx).close()
  await devMail.stop()
})

const row = (_id: string, to: string, subject: string, html: string) => ({
  _id,
  payload: { to, name: 'Rosa Quispe', subject, text: 'Ver: http://localhost:3000/r/x/1 <fin>', html },
})

describe('the local mail sink', () => {
  it('receives what is delivered, accents and all, newest first', () => {
    expect(devMail.messages().map(({ to }) => to)).toEqual(['juan@demo.pe', 'rosa@demo.pe'])
    expect(devMail.messages('ROSA@demo.pe')).toMatchObject([
      { to: 'rosa@demo.pe', from: 'no-responder@demo.pe', subject: 'Señales: ñandú ✓', attachments: [] },
    ])
    expect(devMail.messages('rosa@demo.pe')[0]?.html).toContain('Hola <b>Rosa</b>')
  })

  it('answers programs at /dev/mail.json, by recipient', async () => {
    const { body } = await request(app).get('/dev/mail.json?to=rosa@demo.pe').expect(200)
    expect(body).toHaveLength(1)
    expect(body[0]).toMatchObject({ subject: 'Señales: ñandú ✓', text: 'Ver: http://localhost:3000/r/x/1 <fin>' })
  })

  it('shows the list and a message without running anything of it', async () => {
    const list = await request(app).get('/dev/mail').expect(200)
    expect(list.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(list.text).not.toContain('<script>')
    const id = devMail.messages()[0]?.id ?? ''
    const message = await request(app).get(`/dev/mail/${id}`).expect(200)
    expect(message.text).toContain('<a href="http://localhost:3000/r/x/1">http://localhost:3000/r/x/1</a> &lt;fin&gt;')
    expect(message.headers['content-security-policy']).toContain("default-src 'none'")
    const html = await request(app).get(`/dev/mail/${id}/html`).expect(200)
    expect(html.headers['content-security-policy']).toMatch(/^sandbox;/)
    await request(app).get('/dev/mail/none').expect(404)
  })

  it('keeps the last 500', async () => {
    const before = devMail.messages().length
    for (let index = 0; index < 505 - before; index += 1)
      await deliverMail(ctx, row(`n${index}`, 'x@demo.pe', `${index}`, '<p>x</p>'))
    expect(devMail.messages()).toHaveLength(500)
    expect(devMail.messages('rosa@demo.pe')).toHaveLength(0)
  })
})
