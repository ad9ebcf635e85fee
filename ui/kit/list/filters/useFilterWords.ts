import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FilterView } from '#engine/contract'
import { keys } from '../../../client/http/keys.ts'
import { request } from '../../../client/http/request.ts'
import { useCatalog } from '../../../client/administration/useCatalog.ts'
import { formatDate, formatDecimal } from '../../values/formatValue.ts'
import type { FilterValue } from '../listQuery.ts'
import { filterOptions } from './filterOptions.ts'

const said = 2

/** What a chip says about its value: the first names, and how many more. */
export function useFilterWords(filter: FilterView, value: FilterValue | null): string {
  const { t } = useTranslation()
  const values = Array.isArray(value) ? value : []
  const catalog = useCatalog(filter.kind === 'catalog' && values.length ? filter.of : undefined)
  const records = useQueries({
    queries: (filter.kind === 'reference' ? values.slice(0, said) : []).map((id) => ({
      queryKey: keys.record(filter.of ?? '', id),
      staleTime: 60_000,
      retry: false,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request('getRecord', { params: { entity: filter.of ?? '', id }, signal }),
    })),
  })
  const inner = useParamWords(filter.params ?? [], value && 'params' in value ? value.params : {})
  if (value === null) return ''
  if ('params' in value) return inner
  if ('empty' in value) return t(value.empty ? 'kit.list.withoutValue' : 'kit.list.withValue')
  if (!Array.isArray(value)) {
    const show = (text: string) => (filter.of === 'date' && text.length > 7 ? formatDate(text) : formatDecimal(text, 0))
    if (value.from && value.to)
      return value.from === value.to
        ? show(value.from)
        : t('kit.list.between', { from: show(value.from), to: show(value.to) })
    return value.from ? t('kit.list.since', { from: show(value.from) }) : t('kit.list.until', { to: show(value.to!) })
  }
  const options = filterOptions(filter, catalog.data)
  const words = values
    .slice(0, said)
    .map((one, index) =>
      filter.kind === 'reference'
        ? (records[index]?.data?.label ?? (records[index]?.isError ? t('kit.value.noAccess') : '…'))
        : (options.find((option) => option.value === one)?.label ?? one),
    )
    .join(', ')
  return values.length > said ? t('kit.list.andMore', { words, count: values.length - said }) : words
}

/** What a rule was asked with, by the titles of the catalogues where there are some. */
function useParamWords(params: FilterView[], given: Record<string, string>): string {
  const asked = params.filter((param) => given[param.name])
  const catalogs = useQueries({
    queries: asked.map((param) => ({
      queryKey: keys.catalog(param.kind === 'catalog' ? (param.of ?? '') : ''),
      enabled: param.kind === 'catalog',
      staleTime: 60 * 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        request('getCatalog', { params: { catalog: param.of ?? '' }, signal }),
    })),
  })
  return asked
    .map(
      (param, index) =>
        filterOptions(param, catalogs[index]?.data).find((option) => option.value === given[param.name])?.label ??
        given[param.name],
    )
    .join(', ')
}
