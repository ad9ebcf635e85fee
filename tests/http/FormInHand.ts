import { runInThisContext } from 'node:vm'
import { compileForm, checkForm, instantiateValidator, settleForm, type Issue, type JsonObject } from '#forms'
import type { EntityView, FormEnvironmentView, FormView, ProcessView } from '#engine/contract'
import { toEnvironment } from '../../ui/kit/form/state/toEnvironment.ts'
import type { Visitor } from './Visitor.ts'

/**
 * A form as the page of a person has it: what the server sends for him, the validator module that came with it, and
 * the functions of the browser. So a test can ask what the page says before anything is saved.
 */
export class FormInHand {
  readonly view: FormView
  readonly #environment: FormEnvironmentView | undefined
  readonly #model: ReturnType<typeof compileForm>
  readonly #validator: ReturnType<typeof instantiateValidator>

  private constructor(view: FormView, environment: FormEnvironmentView | undefined, module: string) {
    this.view = view
    this.#environment = environment
    this.#model = compileForm({ ...view.schema, 'x-sections': view.sections })
    this.#validator = instantiateValidator(evaluated(module))
  }

  /** The form that makes a new record of the entity: its own, or the one of the process that makes its records. */
  static async open(visitor: Visitor, entity: string): Promise<FormInHand> {
    const { form, environment, startProcess } = (await visitor.get(`/api/entities/${entity}`)).body as EntityView
    if (!startProcess && form) return FormInHand.#with(visitor, form, environment)
    const process = (await visitor.get(`/api/processes/${startProcess?.key}`)).body as ProcessView
    return FormInHand.#with(visitor, process.form, process.environment)
  }

  static async #with(visitor: Visitor, form: FormView, environment?: FormEnvironmentView): Promise<FormInHand> {
    const module = (await visitor.get(form.validator)).body as Buffer
    return new FormInHand(form, environment, module.toString())
  }

  /** The titles of the sections, and the fields of one. */
  get sections(): string[] {
    return this.view.sections.map(({ title }) => title)
  }
  fieldsOf(section: string): string[] {
    return this.view.sections.find(({ title }) => title === section)?.fields ?? []
  }

  /** What the page says of these values, warnings too. Rows behind references are not known, as before they arrive. */
  check(data: JsonObject): Issue[] {
    return checkForm(this.#model, this.#validator, data, toEnvironment(this.#environment)).issues
  }

  /** What the inputs hold once proposals and computed values have followed. */
  settle(data: JsonObject): ReturnType<typeof settleForm> {
    return settleForm(this.#model, data, toEnvironment(this.#environment))
  }
}

/** The default export of a validator module: one function, which imports nothing. */
function evaluated(module: string): Parameters<typeof instantiateValidator>[0] {
  return runInThisContext(module.replace('export default', '')) as Parameters<typeof instantiateValidator>[0]
}
