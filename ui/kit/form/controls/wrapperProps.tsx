import { Text } from '@mantine/core'
import type { ControlProps } from './ControlProps.ts'

/** Label, help, error and warning as Mantine's inputs take them, the same for every control. */
export function wrapperProps({ schema, label, unlabelled, required, error, warning, bare }: ControlProps) {
  if (bare) return { 'aria-label': label, error: error ?? undefined, size: 'xs' as const }
  const help = typeof schema.description === 'string' ? schema.description : null
  return {
    label,
    ...(unlabelled ? { labelProps: { className: 'cauce-sr' } } : {}),
    withAsterisk: required,
    error: error ?? undefined,
    description:
      help || warning ? (
        <>
          {help}
          {help && warning && <br />}
          {warning && (
            <Text span inherit c="#7a5600" fw={500}>
              {warning}
            </Text>
          )}
        </>
      ) : undefined,
  }
}

/** The example of the definition, as a placeholder. */
export function placeholderOf(schema: ControlProps['schema']): string | undefined {
  const examples = schema.examples
  return Array.isArray(examples) && typeof examples[0] === 'string' ? examples[0] : undefined
}

export const textOf = (value: unknown) => (value === null || value === undefined ? '' : String(value))
