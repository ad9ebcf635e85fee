import type { ErrorSchema, ValidatorType } from '@rjsf/utils'
import type { FormStore } from './formStore.ts'

/**
 * The validator the form library asks for, answered by the form model and the precompiled validator: the page carries no
 * schema compiler (its content policy forbids one).
 */
export function createFormValidator(store: FormStore): ValidatorType {
  const errors = () => store.check().issues.filter((issue) => issue.level === 'error')
  return {
    validateFormData() {
      const found = errors()
      const errorSchema: ErrorSchema = {}
      for (const issue of found) {
        let here = errorSchema as Record<string, ErrorSchema>
        for (const part of issue.path.split('.').filter(Boolean))
          here = (here[part] ??= {}) as Record<string, ErrorSchema>
        const at = here as { __errors?: string[] }
        at.__errors = [...(at.__errors ?? []), issue.message]
      }
      return {
        errors: found.map((issue) => ({ stack: issue.message, message: issue.message, property: `.${issue.path}` })),
        errorSchema,
      }
    },
    // The layout schema holds no alternatives to choose between.
    isValid: () => true,
    rawValidation: () => ({ errors: [] }),
  }
}
