import { useDebouncedValue } from '@mantine/hooks'
import { compileRule, type Json, type JsonObject } from '#forms'
import { useRecords } from '../../../client/records/useRecords.ts'
import { annotationOf } from '../schema/annotationOf.ts'
import type { ControlProps } from '../controls/ControlProps.ts'
import { useFormScope } from '../FormScope.ts'

/**
 * Records that a reference field offers for what was typed, best first: the server limits and orders by its rules. Those
 * of another question are not offered: whoever types and presses Enter would choose what he did not look for.
 */
export function useReferenceOptions(
  { schema, path, siblings }: Pick<ControlProps, 'schema' | 'path' | 'siblings'>,
  typed: string,
  open: boolean,
) {
  const { store, entity } = useFormScope()
  const rule = annotationOf(schema, 'x-ref') ?? annotationOf(schema.items ?? {}, 'x-ref')!
  const [q] = useDebouncedValue(typed.trim(), 250)
  const search = new URLSearchParams({ size: '30', ...(q ? { q } : {}) })
  const rules = [rule.where, rule.prefer].flat().filter((text): text is string => typeof text === 'string')
  // A property of the form itself is nobody's field: the server knows no rules for it.
  if (entity && rules.length > 0 && schema['x-form'] !== true) {
    search.set('for', `${entity}.${path.replace(/\.\d+(?=\.|$)/g, '')}`)
    search.set('with', JSON.stringify(valuesRead(rules, { ...store.getSnapshot().settled.value, ...siblings })))
    const record = store.getEnvironment().record?.id
    if (typeof record === 'string') search.set('record', record)
  }
  const query = useRecords(rule.entity as string, search.toString(), { enabled: open })
  const isCurrent = q === typed.trim() && !query.isPlaceholderData
  return { isFetching: query.isFetching || !isCurrent, options: isCurrent ? (query.data?.items ?? []) : [] }
}

/** Of the form's values only those that the rules read leave the page. */
function valuesRead(rules: string[], value: JsonObject): JsonObject {
  const names = rules.flatMap((text) => compileRule(text).inputs).map((input) => input.split('.'))
  const read = names
    .filter(([root]) => root === 'value')
    .map(([, name = '']): [string, Json] => [name, value[name] ?? null])
  return Object.fromEntries(read)
}
