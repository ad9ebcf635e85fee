import { checkExpression, compileRule, ExpressionError, type ExpressionScope } from '#forms'
import type { Finding } from '../../types.ts'
import { expressionsOf } from '../expressionsOf.ts'
import type { ProcessModel } from '../processModel.ts'
import { found } from './found.ts'
import type { LintContext } from './LintContext.ts'

const open = { 'x-open': true }

/** Every expression of the process: readable, of names that exist, of the type its place needs. */
export function checkProcessExpressions(model: ProcessModel, context: LintContext): Finding[] {
  const scope = context.scope ?? openScope()
  const findings = expressionsOf(model).flatMap(({ text, at, place, gives, locals }) =>
    checkExpression(
      text,
      { ...scope, ...Object.fromEntries(locals.map((name) => [name, open])) },
      {
        ...(context.functions ? { functions: context.functions } : {}),
        ...(gives === 'boolean' || gives === 'list' || gives === 'number' ? { gives } : {}),
        ...(gives === 'boolean' && context.scope ? { decides: true } : {}),
      },
    ).map((finding) => found(finding.code, at, `${capital(place)}: ${finding.message}`, `Corrija «${text}»`)),
  )
  for (const [name, text] of Object.entries({
    'Se ofrece cuando': model.startWhen,
    'Para qué registros': model.forEach,
  }))
    if (text !== null) findings.push(...checkRule(model.id, name, text))
  return findings
}

function checkRule(at: string, name: string, text: string): Finding[] {
  try {
    compileRule(text)
    return []
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return [found('row-grammar', at, `${name}: ${error.reason}`, `Corrija «${text}»`)]
  }
}

/** A drawing on its own: only the first names are known. */
const openScope = (): ExpressionScope =>
  Object.fromEntries(
    ['outcome', 'form', 'task', 'result', 'results', 'record', 'ref', 'vars', 'settings', 'actor'].map((name) => [
      name,
      open,
    ]),
  )

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
