import type { TemplateDefinition } from '../types.ts'

export interface ParsedTemplate {
  template: TemplateDefinition
  /** Keys of the front matter as written: what the shape check looks at. */
  frontMatter: Record<string, string>
}

/**
 * Splits a template file into its front matter (`key: value` lines between two `---` lines) and its Handlebars body.
 * Without front matter everything is body and the subject is empty.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const match = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text)
  const frontMatter: Record<string, string> = {}
  for (const line of (match?.[1] ?? '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) frontMatter[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  const channels = (frontMatter.channels ?? 'mail, notice').split(',').map((channel) => channel.trim())
  return {
    frontMatter,
    template: {
      subject: frontMatter.subject ?? '',
      channels: channels.filter((channel) => channel === 'mail' || channel === 'notice'),
      urgency: frontMatter.urgency === 'act' ? 'act' : 'info',
      ...(frontMatter.entity && { entity: frontMatter.entity }),
      body: match ? text.slice(match[0].length) : text,
    },
  }
}
