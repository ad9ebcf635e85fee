import { spanish } from './spanish.ts'

/** bpmn-js's translation service: the Spanish text, with `{name}` filled; a text we do not know stays as it is. */
export function translate(template: string, replacements: Record<string, string> = {}): string {
  const text = spanish[template] ?? template
  return text.replace(/{([^}]+)}/g, (whole, key: string) => replacements[key] ?? whole)
}

/** The module that replaces `translate` in every part of bpmn-js. */
export const translateModule = { translate: ['value', translate] }
