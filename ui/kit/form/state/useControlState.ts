import type { FormSchema, JsonObject } from '#forms'
import { dependenciesOf } from '../schema/dependenciesOf.ts'
import { useFieldIssue, useFormPart, useFormScope } from '../FormScope.ts'
import { valueAt } from '../schema/schemaAt.ts'

/**
 * What the control at a place shows. Redrawn when that changes, or a value beside it that it hangs on; not at every key
 * press somewhere in the form. `parent`: the place whose values stand beside (a row; '' for the form).
 */
export function useControlState(path: string, schema: FormSchema, parent: string) {
  const { store } = useFormScope()
  const issue = useFieldIssue(path)
  const isComputed = schema['x-computed'] !== undefined
  const value = useFormPart(({ raw, settled }) => valueAt(isComputed ? settled.value : raw, path))
  const beside = dependenciesOf(schema).map((name) => (parent ? `${parent}.${name}` : name))
  useFormPart(({ raw }) => beside.map((place) => JSON.stringify(valueAt(raw, place))).join())
  return {
    value,
    siblings: (valueAt(store.getSnapshot().raw, parent) ?? {}) as JsonObject,
    error: issue?.level === 'error' ? issue.message : null,
    warning: issue && issue.level !== 'error' ? issue.message : null,
  }
}
