import fc from 'fast-check'
import { compileValidator } from '../compile/compileValidator.ts'
import { checkExpression } from '../expressions/check/checkExpression.ts'
import { compileRule } from '../expressions/rules/compileRule.ts'
import { ExpressionError } from '../expressions/ExpressionError.ts'
import { expandSchema } from '../schema/expandSchema.ts'
import { FormModelError } from '../schema/FormModelError.ts'
import { toUiSchema } from '../ui/toUiSchema.ts'
import { compileForm } from './compileForm.ts'

const words = [
  ...[
    'type',
    'properties',
    'items',
    'required',
    'enum',
    'oneOf',
    'pattern',
    'format',
    'default',
    'readOnly',
    'title',
    'maxLength',
    'additionalProperties',
  ],
  ...[
    'x-computed',
    'x-default',
    'x-visible-when',
    'x-required-when',
    'x-check',
    'x-table',
    'x-decimal',
    'x-money',
    'x-normalize',
    'x-ref',
    'x-sections',
  ],
  ...[
    'x-error',
    'x-state',
    'x-code',
    'x-fixed',
    'x-nothing',
    'a',
    'b',
    '__proto__',
    'constructor',
    'check',
    'message',
    'value',
    'on',
    'fields',
    'setting',
  ],
]
const leaf = fc.oneof(
  fc.constantFrom(
    'string',
    'array',
    'object',
    'value.a',
    'value.b = 1',
    'row.a',
    'a',
    'b',
    'always',
    'change:a',
    'date',
    '^a+$',
    '(a+)+',
    'trim',
    '',
  ),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
)
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words), tie('node'), { maxKeys: 4 }),
  ),
}))

describe('a definition, whatever is in it,', () => {
  it('becomes a form or is refused as one', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...words), node, { maxKeys: 6 }), (given) => {
        for (const step of [
          () => compileForm(expandSchema(given, {})),
          () => compileValidator(expandSchema(given)),
          () => toUiSchema(expandSchema(given)),
        ]) {
          try {
            step()
          } catch (error) {
            expect(error).toBeInstanceOf(FormModelError)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('has expressions and rules that are read or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), leaf as fc.Arbitrary<string>), (text) => {
        expect(Array.isArray(checkExpression(text, { value: { properties: { a: { type: 'string' } } } }))).toBe(true)
        try {
          compileRule(text)
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError)
        }
      }),
    )
  })
})
