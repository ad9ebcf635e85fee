import { TagsInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from './ControlProps.ts'
import { wrapperProps } from './wrapperProps.tsx'

/** A list of short texts: each is ended with Enter, a comma or a semicolon; a pasted list becomes several. */
export function TagsControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur } = props
  const { t } = useTranslation()
  const max = schema.maxItems
  return (
    <TagsInput
      {...wrapperProps(props)}
      id={id}
      value={Array.isArray(value) ? value.map(String) : []}
      splitChars={[',', ';']}
      acceptValueOnBlur
      onChange={(next) => {
        const items = next.flatMap((item) => item.split(/[,;]/)).map((item) => item.trim())
        const kept = [...new Set(items.filter(Boolean))]
        onChange(kept.length ? kept : undefined)
      }}
      onBlur={onBlur}
      clearable
      clearButtonProps={{ 'aria-label': t('kit.form.clear'), size: 'md' }}
      {...(typeof max === 'number' ? { maxTags: max } : {})}
    />
  )
}
