import { Anchor, Group, Text } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView } from '#engine/contract'
import type { FormSchema, Json, JsonObject } from '#forms'
import { fileUrl, useFile } from '../../client/records/useFile.ts'
import { useCatalog } from '../../client/administration/useCatalog.ts'
import { paths } from '../app/paths.ts'
import { annotationOf } from '../form/schema/annotationOf.ts'
import {
  currencyOf,
  currencySymbol,
  decimalOf,
  formatDate,
  formatDateTime,
  formatDecimal,
  optionsOf,
  shiftPoint,
} from './formatValue.ts'
import { PhotoStrip } from './PhotoStrip.tsx'
import { StateBadge } from './StateBadge.tsx'

export interface FieldValueProps {
  schema: FormSchema
  value: Json | undefined
  /** The record the value belongs to: the currency stands beside the amount. */
  data?: JsonObject
  /** id → label of what the field points at. */
  labels?: Record<string, string> | undefined
  states?: EntityView['states']
  isState?: boolean
  isCode?: boolean
  /** In a table: one line, no links (the row itself opens). */
  compact?: boolean
}

/** One value as a person reads it, by what its definition says it is. */
export function FieldValue(props: FieldValueProps) {
  const { schema, value, compact } = props
  const { t } = useTranslation()
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return compact ? null : <Text c="dimmed">{'—'}</Text>
  if (props.isState && props.states) return <StateBadge value={value} states={props.states} />
  if (props.isCode)
    return (
      <Text component="span" ff="monospace" fz={13} style={{ whiteSpace: 'nowrap' }}>
        {String(value)}
      </Text>
    )
  if (Array.isArray(value)) return <ListValue {...props} value={value} />
  if (annotationOf(schema, 'x-file')) return compact ? <FileName id={String(value)} /> : <FileLink id={String(value)} />
  const ref = annotationOf(schema, 'x-ref')
  if (ref) {
    const label = props.labels?.[String(value)] ?? t('kit.value.noAccess')
    const entity = ref.entity as string
    return compact || entity === '$user' || !props.labels?.[String(value)] ? (
      <>{label}</>
    ) : (
      <Anchor component={Link} to={paths.record(entity, String(value))}>
        {label}
      </Anchor>
    )
  }
  const catalog = annotationOf(schema, 'x-catalog')
  if (catalog)
    return props.labels?.[String(value)] ? (
      <>{props.labels[String(value)]}</>
    ) : (
      <CatalogTitle catalog={catalog.catalog as string} value={String(value)} />
    )
  if (typeof value === 'boolean') return <>{value ? t('kit.value.yes') : t('kit.value.no')}</>
  const option = optionsOf(schema)?.find((candidate) => candidate.value === String(value))
  if (option) return <>{option.label}</>
  const decimal = decimalOf(schema)
  if (decimal && typeof value === 'string') return <>{amount(schema, value, decimal, props.data)}</>
  if (schema.format === 'date') return <>{formatDate(String(value))}</>
  if (schema.format === 'date-time') return <>{formatDateTime(String(value))}</>
  if (typeof value === 'object') return <Text ff="monospace">{Object.values(value).join(' · ')}</Text>
  return <span style={compact ? undefined : { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{String(value)}</span>
}

function amount(
  schema: FormSchema,
  value: string,
  decimal: { scale: number; percent: boolean },
  data?: JsonObject,
): string {
  if (decimal.percent) return `${formatDecimal(shiftPoint(value, 2), 0)} %`
  const symbol = currencySymbol(currencyOf(schema, data ?? {}))
  const unit = typeof schema['x-unit'] === 'string' ? ` ${schema['x-unit']}` : ''
  return `${symbol ? `${symbol} ` : ''}${formatDecimal(value, decimal.scale)}${unit}`
}

function ListValue({ schema, value, compact, ...rest }: FieldValueProps & { value: Json[] }) {
  const { t } = useTranslation()
  const items = schema.items ?? {}
  if (items.type === 'object') return <>{t('kit.value.rows', { count: value.length })}</>
  if (!compact && annotationOf(items, 'x-file')?.photo) return <PhotoStrip ids={value.map(String)} />
  if (compact && value.length > 2) return <>{t('kit.value.several', { count: value.length })}</>
  return (
    <Group gap={compact ? 4 : 8}>
      {value.map((item, index) => (
        <span key={index}>
          <FieldValue {...rest} schema={items} value={item} compact={compact ?? false} />
          {index < value.length - 1 && !annotationOf(items, 'x-file') ? ',' : ''}
        </span>
      ))}
    </Group>
  )
}

function CatalogTitle({ catalog, value }: { catalog: string; value: string }) {
  const { data } = useCatalog(catalog)
  return <>{data?.rows.find((row) => row.key === value)?.title ?? value}</>
}

function FileName({ id }: { id: string }) {
  const { data } = useFile(id)
  return <>{data?.name ?? '…'}</>
}

/** Name of a stored file; a click downloads it. */
export function FileLink({ id, name }: { id: string; name?: string }) {
  const { data } = useFile(name ? null : id)
  const { t } = useTranslation()
  return (
    <Anchor href={fileUrl(id)} download style={{ overflowWrap: 'anywhere' }}>
      <IconPaperclip aria-hidden size={14} style={{ verticalAlign: '-2px', marginRight: 4 }} />
      {name ?? data?.name ?? t('kit.file.file')}
    </Anchor>
  )
}
