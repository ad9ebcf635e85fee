import { Alert, Button, Group, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import { useLookup } from '../../../client/records/useLookup.ts'
import { useFormScope } from '../FormScope.ts'
import { isEmpty } from '../state/formStore.ts'
import { titleOf } from '../schema/schemaAt.ts'

/** How long a person has to pause before the server is asked, in milliseconds. */
const CALM = 400

interface LookupNoteProps {
  path: string
  value: unknown
}

/**
 * Under a field with `x-lookup`: another record has this value already, and its data can be copied. What the
 * person wrote himself is replaced only when he says so.
 */
export function LookupNote({ path, value }: LookupNoteProps) {
  const { t } = useTranslation()
  const { store, entity } = useFormScope()
  const [calm] = useDebouncedValue(typeof value === 'string' ? value.trim() : '', CALM)
  const record = store.getEnvironment().record?.id
  const { data } = useLookup(entity, path, calm, typeof record === 'string' ? record : null)
  /** What he wrote and the other record says otherwise. */
  const [otherwise, setOtherwise] = useState<JsonObject>({})
  const [copied, setCopied] = useState<string | null>(null)
  const found = data?.found
  const fill = (values: JsonObject) => {
    for (const [name, held] of Object.entries(values)) store.set(name, held)
  }
  const copy = (values: JsonObject) => {
    const { raw, touched } = store.getSnapshot()
    const isHis = (name: string) => touched.has(name) && !isEmpty(raw[name])
    const said = Object.entries(values).filter(([, held]) => !isEmpty(held))
    fill(Object.fromEntries(said.filter(([name]) => !isHis(name))))
    setOtherwise(Object.fromEntries(said.filter(([name, held]) => isHis(name) && raw[name] !== held)))
    setCopied(calm)
  }
  const names = Object.keys(otherwise)
  const titles = names.map((name) => titleOf(store.model.schema.properties?.[name] ?? null, name)).join(', ')
  return (
    <div role="status">
      {found && calm === value && (
        <Alert mt={6} p="xs" color="blue" variant="light">
          <Text size="sm">{t('kit.form.lookup.found', { title: found.title, label: found.label })}</Text>
          {copied === calm && names.length === 0 && <Text size="sm">{t('kit.form.lookup.done')}</Text>}
          {copied === calm && names.length > 0 && (
            <>
              <Text size="sm">{t('kit.form.lookup.otherwise', { titles })}</Text>
              <Group gap="xs" mt={6}>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => {
                    fill(otherwise)
                    setOtherwise({})
                  }}
                >
                  {t('kit.form.lookup.replace')}
                </Button>
                <Button size="compact-sm" variant="subtle" onClick={() => setOtherwise({})}>
                  {t('kit.form.lookup.keep')}
                </Button>
              </Group>
            </>
          )}
          {copied !== calm && Object.keys(found.data).length > 0 && (
            <Button mt={6} size="compact-sm" variant="light" onClick={() => copy(found.data)}>
              {t('kit.form.lookup.copy')}
            </Button>
          )}
        </Alert>
      )}
    </div>
  )
}
