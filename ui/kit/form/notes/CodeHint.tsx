import { Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { FormSchema } from '#forms'
import { useCodePreview } from '../../../client/records/useCodePreview.ts'
import { useFormPart, useFormScope } from '../FormScope.ts'

/** How long a person has to pause before the server is asked, in milliseconds. */
const CALM = 400

/** Over a new record's form: which code it will have, as soon as what that is made of is chosen. `code` is its field. */
export function CodeHint({ code: field }: { code: FormSchema }) {
  const { t } = useTranslation()
  const { store, entity } = useFormScope()
  const sources = useFormPart(({ settled }) =>
    JSON.stringify(namesIn(field['x-code'], store.model.schema).map((name) => settled.value[name] ?? null)),
  )
  const [calm] = useDebouncedValue(sources, CALM)
  const { data } = useCodePreview(entity, calm, () => store.getSnapshot().settled.value)
  const code = calm === sources ? data?.code : null
  return (
    <Text size="sm" c="dimmed" mih="1.5em" mb={8} role="status">
      {code ? t('kit.form.nextCode', { title: field.title, code }) : null}
    </Text>
  )
}

/** Fields that the pattern of a code names. */
function namesIn(code: unknown, { properties = {} }: FormSchema): string[] {
  const words = JSON.stringify(code).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []
  return [...new Set(words)].filter((word) => Object.hasOwn(properties, word))
}
