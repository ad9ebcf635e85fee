import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FormSchema, Json, JsonObject } from '#forms'
import { currencyOf, currencySymbol, decimalOf, formatDecimal } from '../../../values/formatValue.ts'
import { formFunctions } from '../../state/formFunctions.ts'
import { useFormPart, useFormScope } from '../../FormScope.ts'
import { titleOf, valueAt } from '../../schema/schemaAt.ts'
import type { TableRule } from './tableRule.ts'

const sum = formFunctions['money.sum'] as unknown as (amounts: Json) => string
const amount = /^-?\d+(\.\d+)?$/

/** Sums of the money columns, under two rows and more. A column whose currency differs by row has none. */
export function TableTotals({ path, rule, plain = false }: { path: string; rule: TableRule; plain?: boolean }) {
  const { t } = useTranslation()
  const { store } = useFormScope()
  const sums = useFormPart((snapshot) => totalsOf(valueAt(snapshot.settled.value, path), rule).join('|')).split('|')
  const shown = rule.columns.map(([, field], index) => {
    const total = sums[index]
    if (!total) return null
    const symbol = currencySymbol(currencyOf(field, store.getSnapshot().raw))
    return `${symbol} ${formatDecimal(total, decimalOf(field)?.scale ?? 2)}`.trim()
  })
  if (shown.every((total) => total === null)) return null
  if (plain)
    return (
      <>
        {rule.columns.map(([name, field], index) =>
          shown[index] === null ? null : (
            <Text key={name} size="sm" ta="right" mt={8} fw={600}>
              {t('kit.form.totalOf', { column: titleOf(field, name) })}: {shown[index]}
            </Text>
          ),
        )}
      </>
    )
  return (
    <Table.Tfoot>
      <Table.Tr>
        {rule.columns.map(([name], index) => (
          <Table.Td key={name} ta={shown[index] === null ? undefined : 'right'} fw={600}>
            {shown[index] ?? (index === 0 ? t('kit.form.total') : null)}
          </Table.Td>
        ))}
        <Table.Td />
      </Table.Tr>
    </Table.Tfoot>
  )
}

const sumsByRows = new WeakMap<object, string[]>()

/** One sum for each column, empty where there is none; the same rows are added up once. */
function totalsOf(value: Json | undefined, rule: TableRule): string[] {
  if (!Array.isArray(value) || value.length < 2) return []
  let sums = sumsByRows.get(value)
  if (!sums) {
    sums = rule.columns.map(([name, field]) =>
      isSummed(field, rule) ? sum(amountsOf(value as JsonObject[], name)) : '',
    )
    sumsByRows.set(value, sums)
  }
  return sums
}

/** Money in one currency: the column's own, or one that a field outside the rows says. */
function isSummed(field: FormSchema, rule: TableRule): boolean {
  const money = field['x-money']
  return typeof money === 'string' && !rule.columns.some(([name]) => name === money)
}

/** What is being typed and is no amount yet does not count. */
const amountsOf = (rows: JsonObject[], column: string): Json =>
  rows.map((row) => row[column] ?? null).filter((value) => typeof value === 'string' && amount.test(value))
