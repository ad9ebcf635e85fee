import { Group, Text, Tooltip } from '@mantine/core'
import { IconMathFunction } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema, Json, JsonObject } from '#forms'
import { SubListValue } from '../../values/SubListValue.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'

/** A value nobody edits here: text, not a grey input. A computed one tells its formula. */
export function ReadValue(props: {
  id?: string
  label: string
  schema: FormSchema
  value: Json | undefined
  siblings: JsonObject
  labels: Record<string, string>
  formula: string | null
  error?: string | null
  bare?: boolean
  /** The heading above says the label: it is only spoken. */
  unlabelled?: boolean
  /** Under the value. */
  note?: ReactNode
}) {
  const { t } = useTranslation()
  const { id, label, formula, error, bare, unlabelled, note, ...value } = props
  const isSubList =
    !bare && props.schema.items?.type === 'object' && Array.isArray(props.value) && props.value.length > 0
  const shown = (
    <Text
      component="div"
      fw={formula ? 600 : 400}
      ta={bare ? 'right' : undefined}
      mih={22}
      style={{ overflowWrap: 'anywhere' }}
    >
      {isSubList ? (
        <SubListValue schema={props.schema} value={props.value ?? null} labels={{}} field="" />
      ) : (
        <FieldValue {...value} data={props.siblings} />
      )}
    </Text>
  )
  if (bare) return shown
  return (
    <div id={id} tabIndex={error ? -1 : undefined}>
      <Group gap={4} mb={2}>
        <Text size="sm" c="dimmed" component="div" className={unlabelled ? 'cauce-sr' : undefined}>
          {label}
        </Text>
        {formula && (
          <Tooltip
            label={t('kit.form.formula', { formula })}
            multiline
            maw={420}
            events={{ hover: true, focus: true, touch: true }}
          >
            <span
              tabIndex={0}
              role="img"
              aria-label={t('kit.form.formula', { formula })}
              style={{ display: 'inline-flex' }}
            >
              <IconMathFunction aria-hidden size={14} />
            </span>
          </Tooltip>
        )}
      </Group>
      {shown}
      {note}
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      )}
    </div>
  )
}
