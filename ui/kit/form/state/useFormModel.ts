import { useQuery } from '@tanstack/react-query'
import type { FormView } from '#engine/contract'
import { compileForm, instantiateValidator, type CompiledValidator, type FormModel } from '#forms'

/**
 * The form as the toolkit runs it, with the validator the server compiled for exactly this schema (same hash). The page
 * has no schema compiler of its own: it could not run one under its content policy.
 */
export function useFormModel(form: FormView) {
  return useQuery<{ model: FormModel; validator: CompiledValidator }>({
    queryKey: ['validators', form.id, form.hash],
    staleTime: Infinity,
    retry: 1,
    queryFn: async () => {
      const module = (await import(/* @vite-ignore */ form.validator)) as {
        default: Parameters<typeof instantiateValidator>[0]
      }
      // Conditions of sections travel beside the schema, so that schema and validator keep one hash.
      const conditional = form.sections.some((section) => section['x-visible-when'])
      const schema = conditional ? { ...form.schema, 'x-sections': form.sections } : form.schema
      return { model: compileForm(schema), validator: instantiateValidator(module.default) }
    },
  })
}
