import { describe, expect, it } from '@jest/globals'
import type { TemplateDefinition } from '#definitions'
import { renderTemplate } from './renderTemplate.ts'
import type { TemplateContext, TemplateSurroundings } from './TemplateContext.ts'

const context: TemplateContext = {
  record: {
    codigo: 'OC-2026-0001',
    total: '1234567.5',
    moneda: 'PEN',
    fecha: '2026-07-28',
    lista: [{ que: 'uno' }, { que: 'dos' }],
  },
  ref: { sede: { nombre: 'Lima & Callao' } },
  form: { motivo: '<script>alert(1)</script>' },
  task: { dueAt: '2026-07-29T03:05:00.000Z' },
  actor: { name: 'Ana' },
  settings: {},
  vars: {},
  recipient: { name: 'Rosa', email: 'rosa@demo.pe', front: 'staff' },
}
const surroundings: TemplateSurroundings = {
  recordUrl: 'https://cauce.example/r/pedido/1?a=1&b=2',
  taskUrl: 'https://cauce.example/tareas/9',
  timeZone: 'America/Lima',
  brand: 'Compras <S.A.>',
  texts: { saludo: 'Atentamente' },
}
const template = (body: string, subject = 'Aviso'): TemplateDefinition => ({
  subject,
  body,
  channels: ['mail'],
  urgency: 'info',
})
const render = (body: string, subject?: string) => renderTemplate(template(body, subject), context, surroundings)

describe('renderTemplate', () => {
  it('fills the subject as one line and the body as text', () => {
    const { subject, text } = render(
      'Hola {{recipient.name}}:\n\nSu pedido {{record.codigo}}.',
      'Su pedido {{record.codigo}}\r\nBcc: x@x.pe',
    )
    expect(subject).toBe('Su pedido OC-2026-0001 Bcc: x@x.pe')
    expect(text).toBe('Hola Rosa:\n\nSu pedido OC-2026-0001.')
  })

  it('formats money, dates, numbers and percentages as in Peru, exactly', () => {
    expect(
      render('{{money record.total record.moneda}} | {{money record.total "USD"}} | {{money record.total}}').text,
    ).toMatch(/^S\/\s1,234,567\.50 \| \$\s1,234,567\.50 \| 1,234,567\.50$/)
    expect(render('{{money "90071992547409931.25"}}').text).toBe('90,071,992,547,409,931.25')
    expect(render('{{date record.fecha}} y {{date task.dueAt}}').text).toBe('28/07/2026 y 28/07/2026 22:05')
    expect(render('{{number "12345.678"}} {{number "2.5" 0}} {{percent "0.18"}}').text).toBe('12,345.678 3 18%')
    expect(render('[{{money record.nada}}{{date record.nada}}{{percent null}}{{record.nada.mas}}]').text).toBe('[]')
  })

  it('shows whatever the values hold as text, and the author’s own < and & too', () => {
    const { html, text } = render('Motivo: {{form.motivo}} en {{ref.sede.nombre}} <urgente>')
    expect(html).not.toContain('<script>')
    expect(html).not.toContain('<urgente>')
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; en Lima &amp; Callao &lt;urgente&gt;')
    expect(html).toContain('Compras &lt;S.A.&gt;')
    expect(text).toBe('Motivo: <script>alert(1)</script> en Lima & Callao <urgente>')
  })

  it('makes paragraphs and lists', () => {
    const { html, text } = render(
      'Observaciones:\n\n{{#each record.lista}}\n- {{this.que}}\n{{/each}}\n\n{{#if record.nada}}No{{else}}Fin{{/if}}',
    )
    expect(text).toBe('Observaciones:\n\n- uno\n- dos\n\nFin')
    expect(html).toContain('<p>Observaciones:</p>\n<ul>\n<li>uno</li>\n<li>dos</li>\n</ul>\n<p>Fin</p>')
  })

  it('links to the record or to the task', () => {
    const { html, text } = render('{{link "Ver pedido"}}\n\n{{link "Atender" to="task"}}\n\n{{link}}')
    expect(text).toBe(
      'Ver pedido: https://cauce.example/r/pedido/1?a=1&b=2\n\nAtender: https://cauce.example/tareas/9\n\nhttps://cauce.example/r/pedido/1?a=1&b=2',
    )
    expect(html).toMatch(
      /<a class="button" href="https:\/\/cauce\.example\/r\/pedido\/1\?a&#x3D;1&amp;b&#x3D;2">Ver pedido<\/a>/,
    )
    expect(render('{{t "saludo"}}').text).toBe('Atentamente')
  })

  it.each([
    ['{{{record.codigo}}}', 'llaves triples'],
    ['{{& record.codigo}}', 'llaves triples'],
    ['{{> otra}}', 'no se permite'],
    ['{{#with record}}{{codigo}}{{/with}}', '{{#with}} no existe'],
    ['{{#unless record.codigo}}x{{/unless}}', '{{#unless}} no existe'],
    ['{{#record}}x{{/record}}', '{{#record}} no existe'],
    ['{{lookup record "codigo"}}', 'lookup}} no existe'],
    ['{{eval "1"}}', 'eval}} no existe'],
    ['{{qr record.codigo}}', 'todavía no está disponible'],
    ['{{#if (exec "x")}}x{{/if}}', 'exec}} no existe'],
    ['{{#if x}}', 'no se entiende'],
    ['{{t "ninguno"}}', 'no existe'],
    ['{{money "mucho"}}', 'no es un número'],
    ['{{date "ayer"}}', 'no es una fecha'],
  ])('refuses %s', (body, message) => {
    expect(() => render(body)).toThrow(message)
  })

  it('reaches nothing but the data', () => {
    expect(
      render('[{{record.constructor.name}}{{record.__proto__.x}}{{constructor}}{{record.codigo.constructor}}]').text,
    ).toBe('[]')
  })
})
