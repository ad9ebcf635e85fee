import Handlebars from 'handlebars'
import { formatDate, formatMoney, formatNumber, formatPercent } from './format.ts'
import { TemplateError } from './TemplateError.ts'
import type { TemplateContext, TemplateSurroundings } from './TemplateContext.ts'

/** One text of a template (subject or body), ready to be filled as plain text and as HTML. */
export interface CompiledTemplate {
  text(context: TemplateContext, surroundings: TemplateSurroundings): string
  html(context: TemplateContext, surroundings: TemplateSurroundings): string
}

const helperNames = ['money', 'date', 'number', 'percent', 'link', 't']
const blockNames = ['if', 'each']

/** Handlebars' own helpers that templates may not use are known as absent, so that naming one is an error. */
const knownHelpers = {
  ...Object.fromEntries([...helperNames, ...blockNames].map((name) => [name, true])),
  helperMissing: false,
  blockHelperMissing: false,
  unless: false,
  with: false,
  log: false,
  lookup: false,
} as Record<string, boolean>

/**
 * Compiles a template text. Allowed: `{{path}}`, `{{helper …}}` of our list, `{{#if}}`, `{{#each}}`. Everything else
 * (triple braces, partials, decorators, other helpers) throws TemplateError. In the HTML form both the values and the
 * author's own text are escaped: a template is text, never markup.
 */
export function compileTemplate(source: string): CompiledTemplate {
  const text = parse(source)
  check(text)
  const html = parse(source)
  escapeContents(html)
  return { text: specialize(text, 'text'), html: specialize(html, 'html') }
}

function parse(source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    throw new TemplateError(`La plantilla no se entiende: ${error instanceof Error ? error.message : String(error)}`)
  }
}

class Checker extends Handlebars.Visitor {
  override MustacheStatement(mustache: hbs.AST.MustacheStatement): void {
    if (!mustache.escaped) throw new TemplateError('Las llaves triples y {{& }} no se permiten: use {{ }}')
    const name = (mustache.path as hbs.AST.PathExpression).original
    const hasArguments = mustache.params.length > 0 || (mustache.hash as hbs.AST.Hash | undefined) !== undefined
    if (hasArguments && !helperNames.includes(name)) throw unknownHelper(name)
    super.MustacheStatement(mustache)
  }
  override BlockStatement(block: hbs.AST.BlockStatement): void {
    const name = block.path.original
    if (!blockNames.includes(name)) throw new TemplateError(`{{#${name}}} no existe: use {{#if}} o {{#each}}`)
    super.BlockStatement(block)
  }
  override SubExpression(expression: hbs.AST.SubExpression): void {
    const name = expression.path.original
    if (!helperNames.includes(name)) throw unknownHelper(name)
    super.SubExpression(expression)
  }
  override PartialStatement(): void {
    throw new TemplateError('{{> }} no se permite en una plantilla')
  }
  override PartialBlockStatement(): void {
    throw new TemplateError('{{#> }} no se permite en una plantilla')
  }
  override Decorator(): void {
    throw new TemplateError('{{* }} no se permite en una plantilla')
  }
  override DecoratorBlock(): void {
    throw new TemplateError('{{#* }} no se permite en una plantilla')
  }
}

function unknownHelper(name: string): TemplateError {
  const cure = name === 'qr' ? 'todavía no está disponible en los correos' : `no existe; hay: ${helperNames.join(', ')}`
  return new TemplateError(`La función {{${name}}} ${cure}`)
}

function check(program: hbs.AST.Program): void {
  new Checker().accept(program)
}

class ContentEscaper extends Handlebars.Visitor {
  override ContentStatement(content: hbs.AST.ContentStatement): void {
    content.value = Handlebars.escapeExpression(content.value)
  }
}

function escapeContents(program: hbs.AST.Program): void {
  new ContentEscaper().accept(program)
}

type Mode = 'text' | 'html'
const environments: Record<Mode, typeof Handlebars> = {
  text: createEnvironment('text'),
  html: createEnvironment('html'),
}

function specialize(program: hbs.AST.Program, mode: Mode) {
  const template = environments[mode].compile<TemplateContext>(program, {
    noEscape: mode === 'text',
    knownHelpers: knownHelpers as unknown as KnownHelpers,
    knownHelpersOnly: true,
  })
  return (context: TemplateContext, surroundings: TemplateSurroundings): string =>
    template(context, {
      data: { surroundings },
      allowProtoPropertiesByDefault: false,
      allowProtoMethodsByDefault: false,
    })
}

function createEnvironment(mode: Mode): typeof Handlebars {
  const environment = Handlebars.create()
  for (const name of ['unless', 'with', 'log', 'lookup']) environment.unregisterHelper(name)
  const around = (options: Handlebars.HelperOptions): TemplateSurroundings =>
    (options.data as { surroundings: TemplateSurroundings }).surroundings
  environment.registerHelper({
    money: (value: unknown, currency: unknown) => formatMoney(value, currency),
    number: (value: unknown, decimals: unknown) => formatNumber(value, decimals),
    percent: (value: unknown) => formatPercent(value),
    date: (value: unknown, options: Handlebars.HelperOptions) => formatDate(value, around(options).timeZone),
    t: (key: string, options: Handlebars.HelperOptions) => {
      const text = around(options).texts[key]
      if (text === undefined) throw new TemplateError(`El texto "${key}" no existe`)
      return text
    },
    link: (...given: unknown[]) => {
      const options = given.pop() as Handlebars.HelperOptions
      const [label] = given
      return link(mode, typeof label === 'string' ? label : null, options.hash.to, around(options))
    },
  })
  return environment
}

/** `{{link}}` is the address; `{{link "Ver"}}` a button; `to="task"` leads to the task instead of the record. */
function link(
  mode: Mode,
  label: string | null,
  to: unknown,
  { recordUrl, taskUrl }: TemplateSurroundings,
): string | Handlebars.SafeString {
  const url = to === 'task' ? (taskUrl ?? recordUrl) : (recordUrl ?? taskUrl)
  if (url === null) return ''
  if (mode === 'text') return label === null ? url : `${label}: ${url}`
  const address = Handlebars.escapeExpression(url)
  if (label === null) return new Handlebars.SafeString(`<a href="${address}">${address}</a>`)
  return new Handlebars.SafeString(`<a class="button" href="${address}">${Handlebars.escapeExpression(label)}</a>`)
}
