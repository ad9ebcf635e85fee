import type { EntityView } from '#engine/contract'
import type { FormSchema } from '#forms'

/** The field with the code of such records, where they have one that this person sees. */
export const codeFieldOf = ({ codeField, schema }: EntityView): FormSchema | undefined =>
  codeField === null ? undefined : schema.properties?.[codeField]
