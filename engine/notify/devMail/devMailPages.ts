import Handlebars from 'handlebars'
import { formatFileSize } from '../../files/fileSize.ts'
import type { DevMessage } from './startDevMail.ts'

const escape = (text: string): string => Handlebars.escapeExpression(text)

export const mailPageStyle = `body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; color: #212529; }
h1 { font-size: 1.4rem; }
a { color: #1b6373; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #dee2e6; vertical-align: top; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { color: #495057; } dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f1f3f5; padding: 1rem; }
iframe { width: 100%; height: 34rem; border: 1px solid #dee2e6; }
input { font: inherit; padding: .3rem .5rem; } button { font: inherit; padding: .3rem .8rem; }
`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="es">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/dev/mail/style.css"></head>
<body><main>
${body}
</main></body>
</html>
`

const when = (at: string): string =>
  new Intl.DateTimeFormat('es-PE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'America/Lima' }).format(
    new Date(at),
  )

export function mailListPage(messages: DevMessage[], to: string): string {
  const rows = messages
    .map(
      (message) => `<tr><td>${escape(when(message.at))}</td><td>${escape(message.to)}</td>
<td><a href="/dev/mail/${escape(message.id)}">${escape(message.subject || '(sin asunto)')}</a></td></tr>`,
    )
    .join('\n')
  const list = rows
    ? `<table><thead><tr><th scope="col">Fecha</th><th scope="col">Para</th><th scope="col">Asunto</th></tr></thead>
<tbody>${rows}</tbody></table>`
    : '<p>Todavía no hay correos.</p>'
  return page(
    'Correos de prueba',
    `<h1>Correos de prueba</h1>
<p>Ningún correo sale de esta máquina: se muestran aquí, del más nuevo al más antiguo.</p>
<form method="get" action="/dev/mail"><label>Para <input name="to" value="${escape(to)}"></label> <button>Filtrar</button></form>
${list}`,
  )
}

export function mailMessagePage(message: DevMessage): string {
  const { id, subject, from, to, at, text, html, attachments } = message
  const files = attachments
    .map(({ name, size }) => `${escape(name || '(sin nombre)')} (${formatFileSize(size)})`)
    .join(', ')
  return page(
    subject,
    `<p><a href="/dev/mail">Todos los correos</a></p>
<h1>${escape(subject || '(sin asunto)')}</h1>
<dl><dt>De</dt><dd>${escape(from)}</dd><dt>Para</dt><dd>${escape(to)}</dd><dt>Fecha</dt><dd>${escape(when(at))}</dd>
${files ? `<dt>Adjuntos</dt><dd>${files}</dd>` : ''}</dl>
<h2>Texto</h2>
<pre>${withLinks(text)}</pre>
${html ? `<h2>Como se ve</h2>\n<iframe title="El correo como se ve" sandbox src="/dev/mail/${escape(id)}/html"></iframe>` : ''}`,
  )
}

/** Addresses in the text can be followed (the frame may not open anything). */
function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 === 1 ? `<a href="${escape(part)}">${escape(part)}</a>` : escape(part)))
    .join('')
}
