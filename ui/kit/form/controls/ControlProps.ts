import type { FormSchema, Json, JsonObject } from '#forms'

/** What every control gets. A control knows nothing of the form around it but what stands here. */
export interface ControlProps {
  id: string
  path: string
  schema: FormSchema
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  onBlur: () => void
  label: string
  /** The heading above says the label: it is only spoken. */
  unlabelled?: boolean
  required: boolean
  error: string | null
  /** Said under the field without blocking. */
  warning: string | null
  /** Names of what a reference already held: id → label. */
  labels: Record<string, string>
  /** In a cell of a table: the column says the label, so it is only spoken. */
  bare?: boolean
  /** The values beside this one (a currency, a parent of a catalogue). */
  siblings: JsonObject
}
