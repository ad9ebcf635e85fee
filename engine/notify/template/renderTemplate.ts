import type { TemplateDefinition } from '#definitions'
import { compileTemplate, type CompiledTemplate } from './compileTemplate.ts'
import { mailPage } from './mailPage.ts'
import type { TemplateContext, TemplateSurroundings } from './TemplateContext.ts'

export interface RenderedTemplate {
  /** One line. */
  subject: string
  text: string
  /** A whole page. */
  html: string
}

const compiled = new WeakMap<TemplateDefinition, { subject: CompiledTemplate; body: CompiledTemplate }>()

/**
 * Fills a template for one recipient. Whatever the values hold, the HTML shows it as text. Each template is compiled
 * once. Throws TemplateError when it says something templates may not.
 */
export function renderTemplate(
  template: TemplateDefinition,
  context: TemplateContext,
  surroundings: TemplateSurroundings,
): RenderedTemplate {
  let parts = compiled.get(template)
  if (!parts) {
    parts = { subject: compileTemplate(template.subject), body: compileTemplate(template.body) }
    compiled.set(template, parts)
  }
  // A line break in a subject would begin another header.
  const subject = parts.subject.text(context, surroundings).replace(/\s+/g, ' ').trim()
  const text = tidy(parts.body.text(context, surroundings))
  const body = tidy(parts.body.html(context, surroundings))
  return { subject, text, html: mailPage({ brand: surroundings.brand, subject, body }) }
}

const tidy = (text: string): string =>
  text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
