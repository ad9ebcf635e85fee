import Handlebars from 'handlebars'

const escape = (text: string): string => Handlebars.escapeExpression(text)

/**
 * A mail as a page: one column that fits a telephone, no images, no remote parts. `body` is HTML that is escaped
 * already, paragraphs divided by empty lines, list items by a dash.
 */
export function mailPage(parts: { brand: string; subject: string; body: string }): string {
  return `<!doctype html>
<html lang="es">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(parts.subject)}</title>
<style>
body { margin: 0; background: #f1f3f5; color: #212529; font: 16px/1.5 system-ui, 'Segoe UI', Roboto, Arial, sans-serif; }
.sheet { max-width: 600px; margin: 0 auto; padding: 24px 16px; }
.brand { font-weight: 600; color: #495057; padding: 0 8px 12px; }
.card { background: #fff; border: 1px solid #dee2e6; border-radius: 8px; padding: 24px; }
h1 { font-size: 20px; line-height: 1.3; margin: 0 0 16px; }
p, ul { margin: 0 0 16px; }
a { color: #1b6373; overflow-wrap: anywhere; }
a.button { display: inline-block; background: #1b6373; color: #fff; padding: 10px 18px; border-radius: 6px; text-decoration: none; }
.foot { color: #495057; font-size: 13px; padding: 12px 8px; }
</style>
</head>
<body>
<div class="sheet">
<div class="brand">${escape(parts.brand)}</div>
<div class="card">
<h1>${escape(parts.subject)}</h1>
${parts.body
  .split(/\n\s*\n/)
  .map(block)
  .join('\n')}
</div>
<div class="foot">Mensaje automático de ${escape(parts.brand)}. No responda a este correo.</div>
</div>
</body>
</html>
`
}

function block(text: string): string {
  const lines = text.trim().split('\n')
  if (lines.every((line) => /^\s*- /.test(line))) {
    return `<ul>\n${lines.map((line) => `<li>${line.replace(/^\s*- /, '')}</li>`).join('\n')}\n</ul>`
  }
  return `<p>${lines.join('<br>\n')}</p>`
}
