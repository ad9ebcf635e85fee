import { useDebouncedValue } from '@mantine/hooks'
import type { RecordView } from '#engine/contract'
import { compileRule, type FormEnvironment, type JsonObject, type RowRule } from '#forms'
import { useRecords } from '../../client/useRecords.ts'

/** Records a reference field offers for what was typed, best first: its `where` limits, its `prefer` orders. */
export function useReferenceOptions(
  rule: Record<string, unknown>,
  typed: string,
  open: boolean,
  siblings: JsonObject,
  environment: FormEnvironment,
) {
  const [q] = useDebouncedValue(typed.trim(), 250)
  const search = new URLSearchParams({ size: '30', ...(q ? { q } : {}) }).toString()
  const query = useRecords(rule.entity as string, search, { enabled: open })
  return { ...query, options: choose(query.data?.items ?? [], rule, siblings, environment) }
}

function choose(
  items: RecordView[],
  rule: Record<string, unknown>,
  value: JsonObject,
  environment: FormEnvironment,
): RecordView[] {
  const scope = {
    actor: environment.actor,
    settings: environment.settings,
    value,
    now: environment.now,
    timeZone: environment.timeZone,
  }
  const row = (item: RecordView): JsonObject => ({ ...item.data, id: item.id })
  const where = rules(rule.where)
  const prefer = rules(rule.prefer)
  const liked = (item: RecordView) => prefer.filter((wish) => wish.test(row(item), scope)).length
  return items
    .filter((item) => where.every((condition) => condition.test(row(item), scope)))
    .map((item, index) => ({ item, index, liked: liked(item) }))
    .sort((a, b) => b.liked - a.liked || a.index - b.index)
    .map(({ item }) => item)
}

const rules = (said: unknown): RowRule[] =>
  (Array.isArray(said) ? said : said ? [said] : []).map((text) => compileRule(String(text)))
