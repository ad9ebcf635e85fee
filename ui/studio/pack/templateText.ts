/** A mail or notice template: its head (`key: value` lines, in order) and the body. */
export interface TemplateText {
  head: Record<string, string>
  subject: string
  body: string
}

/** Reads `--- key: value … ---` and the body; a file without a head is all body. */
export function textsOfTemplate(text: string): TemplateText {
  const [whole, front = ''] = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text) ?? []
  const head: Record<string, string> = {}
  for (const line of front.split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) head[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  return { head, subject: head.subject ?? '', body: whole === undefined ? text : text.slice(whole.length) }
}

/** The file again, with what is not edited in the head kept. */
export function writeTemplate(template: TemplateText): string {
  const head = { ...template.head, subject: template.subject }
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${value}`)
  return `---\n${lines.join('\n')}\n---\n${template.body.trimEnd()}\n`
}
