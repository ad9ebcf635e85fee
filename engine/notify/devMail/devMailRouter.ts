import { Router, type Response } from 'express'
import { mailListPage, mailMessagePage, mailPageStyle } from './devMailPages.ts'
import type { DevMail } from './startDevMail.ts'

/** No script at all; the style sheet is a file of ours, the mail is shown in a frame that may do nothing. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/**
 * The local sink's mail, to be read in a browser: `/dev/mail` (list, ?to=), `/dev/mail/:id`, and `/dev/mail.json`
 * (?to=) for programs. Mount it at `/dev`, outside production only.
 */
export function devMailRouter(devMail: DevMail): Router {
  const router = Router()
  const filter = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
  const page = (response: Response, html: string, policy = pagePolicy): void => {
    response.setHeader('Content-Security-Policy', policy)
    response.type('html').send(html)
  }

  router.get('/mail.json', (request, response) => {
    response.json(devMail.messages(filter(request.query.to)))
  })
  router.get('/mail/style.css', (_request, response) => {
    response.type('css').send(mailPageStyle)
  })
  router.get('/mail', (request, response) => {
    const to = filter(request.query.to)
    page(response, mailListPage(devMail.messages(to), to ?? ''))
  })
  router.get('/mail/:id{/:part}', (request, response, next) => {
    const message = devMail.messages().find(({ id }) => id === request.params.id)
    if (!message) next()
    else if (request.params.part === 'html') page(response, message.html, mailPolicy)
    else page(response, mailMessagePage(message))
  })
  return router
}
