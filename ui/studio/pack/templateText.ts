/** A mail or notice template: the lines of its head, and the body. */
export interface TemplateText {
  head: Record<string, string>
  subject: string
  body: string
}

/** Reads `--- key: value … ---` and the body; a file without a head is all body. */
export function textsOfTemplate(text: string): TemplateText {
  const [, front, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text) ?? []
  const head: Record<string, string> = {}
  for (const line of (front ?? '').split(/\r?\n/)) {
    const [, key, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) head[key] = value.replace(/^"(.*)"$/, '$1')
  }
  return { head, subject: head.subject ?? '', body: body ?? text }
}
