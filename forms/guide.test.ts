import { readFileSync } from 'node:fs'
import { compileValidator } from './compile/index.ts'
import {
  ANNOTATIONS,
  builtinFunctions,
  checkForm,
  compileForm,
  compileRule,
  expandSchema,
  type FormSchema,
} from './index.ts'

const guide = readFileSync('docs/forms.md', 'utf8')

function blocks(language: string): string[] {
  return [...guide.matchAll(new RegExp('```' + language + '\\n([\\s\\S]*?)```', 'g'))].map((match) => match[1]!)
}

describe('docs/forms.md', () => {
  it.each(blocks('json'))('has examples that compile: %s', (text) => {
    const schema = expandSchema({ type: 'object', ...(JSON.parse(text) as FormSchema) })
    const { validate } = compileValidator(schema)
    const checked = checkForm(
      compileForm(schema),
      validate,
      {},
      {
        record: null,
        ref: {},
        facts: {},
        settings: {},
        actor: { id: null, roles: [], front: 'staff' },
        now: new Date('2026-07-25T02:30:00Z'),
        timeZone: 'America/Lima',
        functions: builtinFunctions,
      },
    )
    expect(checked.issues.filter((issue) => issue.rule === 'expression')).toEqual([])
  })

  it.each(blocks('feel-rule').flatMap((text) => text.trim().split('\n')))('has rules that compile: %s', (rule) => {
    expect(compileRule(rule).text).toBe(rule)
  })

  it('speaks of every word that the form itself acts on', () => {
    const acted =
      'x-computed x-default x-visible-when x-required-when x-editable-when x-fixed x-state x-code x-check x-error x-normalize x-ref x-catalog x-suggest x-decimal x-money x-unit x-file x-table x-widget x-qr x-form x-lookup'
    for (const word of acted.split(' ')) {
      expect(ANNOTATIONS.find((annotation) => annotation.name === word)?.built).toBe(true)
      expect(guide).toContain(word)
    }
  })
})
