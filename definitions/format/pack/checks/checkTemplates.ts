import Handlebars from 'handlebars'
import type { Finding, TemplateDefinition } from '../../types.ts'
import { referredEntity, userEntity, type CheckInput } from '../CheckInput.ts'
import { errorAt, proposeName, unknownName } from '../finding.ts'

const helpers = ['money', 'date', 'number', 'percent', 'link', 't']
const blocks = ['if', 'each']
const roots = ['record', 'ref', 'form', 'task', 'actor', 'settings', 'vars', 'recipient']
/** Fields every record has besides those of its entity. */
const recordFields = ['id', 'createdAt', 'updatedAt']

/** Templates: what they name must exist, nothing may leave unescaped, a mail needs a subject. */
export function checkTemplates(input: CheckInput): Finding[] {
  return Object.entries(input.pack.templates).flatMap(([key, template]) => {
    const file = `templates/${key}.hbs`
    const findings: Finding[] = []
    if (template.entity !== undefined && !input.names.entities.has(template.entity)) {
      findings.push(unknownName(file, 'entity', 'la entidad', template.entity, input.names.entities))
    }
    if (template.channels.includes('mail') && template.subject.trim() === '') {
      findings.push(
        errorAt('template', file, 'subject', 'El correo no tiene asunto', 'Añada «subject: …» al encabezado'),
      )
    }
    for (const [at, text] of [
      ['subject', template.subject],
      ['body', template.body],
    ] as const) {
      findings.push(...checkText(input, file, at, text, template))
    }
    return findings
  })
}

function checkText(input: CheckInput, file: string, at: string, text: string, template: TemplateDefinition): Finding[] {
  let program: hbs.AST.Program
  try {
    program = Handlebars.parse(text)
  } catch (problem) {
    const reason = problem instanceof Error ? (problem.message.split('\n')[0] ?? '') : String(problem)
    return [errorAt('template', file, at, `La plantilla no se entiende: ${reason}`, 'Revise las llaves {{ }}')]
  }
  const findings: Finding[] = []
  new TemplateVisitor(
    (message, cure) => findings.push(errorAt('template', file, at, message, cure)),
    input,
    template,
  ).accept(program)
  return findings
}

/** What stands first in `{{…}}`; a number or true there names nothing. */
function nameOf(path: hbs.AST.PathExpression | hbs.AST.Literal): string {
  const original: unknown = 'original' in path ? path.original : null
  return typeof original === 'string' ? original : ''
}

/** Handlebars leaves `inverse` out when there is no `{{else}}`; its types say it is always there. */
function hasElse(block: { inverse?: unknown }): boolean {
  return block.inverse !== undefined
}

class TemplateVisitor extends Handlebars.Visitor {
  readonly #report: (message: string, cure: string) => void
  readonly #input: CheckInput
  readonly #template: TemplateDefinition

  constructor(report: (message: string, cure: string) => void, input: CheckInput, template: TemplateDefinition) {
    super()
    this.#report = report
    this.#input = input
    this.#template = template
  }

  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) this.#report('Las llaves triples dejan pasar HTML', 'Use dos llaves: {{ }}')
    if (!this.#callsHelper(mustache.path, mustache.params, mustache.hash)) super.MustacheStatement(mustache)
    else this.acceptArray(mustache.params)
  }

  override SubExpression(call: hbs.AST.SubExpression): void {
    this.#callsHelper(call.path, call.params, call.hash)
    this.acceptArray(call.params)
  }

  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original
    if (!blocks.includes(name)) this.#report(`No existe {{#${name}}}`, `Hay: ${blocks.map((b) => `#${b}`).join(', ')}`)
    this.acceptArray(block.params)
    this.accept(block.program)
    if (hasElse(block)) this.accept(block.inverse)
  }

  override PartialStatement(): void {
    this.#report('Una plantilla no puede incluir otra', 'Escriba el texto aquí')
  }

  override PathExpression(path: hbs.AST.PathExpression): void {
    const original = path.original
    if (original === 'this' || original.startsWith('this.') || original.startsWith('@') || path.depth > 0) return
    const [root = '', ...rest] = path.parts
    if (!roots.includes(root)) {
      return this.#report(`No existe «${original}»`, proposeName(root, roots))
    }
    this.#checkField(original, root, rest)
  }

  /** Whether this is a call; a call of something that is no helper is reported. */
  #callsHelper(
    path: hbs.AST.PathExpression | hbs.AST.Literal,
    params: unknown[],
    hash: hbs.AST.Hash | undefined,
  ): boolean {
    const name = nameOf(path)
    if (helpers.includes(name)) return true
    if (params.length === 0 && hash === undefined) return false
    this.#report(`No existe la función «${name}»`, proposeName(name, helpers))
    return true
  }

  /** `record.<field>` of the template's entity, `ref.<field>.<field>` of the one it refers to. */
  #checkField(original: string, root: string, [name, inner]: string[]): void {
    const entity = this.#template.entity ? this.#input.pack.entities[this.#template.entity] : undefined
    if (!entity || (root !== 'record' && root !== 'ref') || name === undefined) return
    const own = Object.keys(entity.properties)
    if (!own.includes(name) && !(root === 'record' && recordFields.includes(name))) {
      return this.#report(`No existe el campo «${original}»`, proposeName(name, own))
    }
    const target = root === 'ref' ? referredEntity(entity.properties[name] ?? {}) : null
    if (target === null || target === userEntity || inner === undefined) return
    const known = Object.keys(this.#input.pack.entities[target]?.properties ?? {})
    if (known.length > 0 && !known.includes(inner) && !recordFields.includes(inner)) {
      this.#report(`No existe el campo «${original}»`, proposeName(inner, known))
    }
  }
}
