import type { FormSchema, Json } from '#forms'
import { annotationOf } from '../../schema/annotationOf.ts'

export interface TableRule {
  columns: [string, FormSchema][]
  required: ReadonlySet<string>
  main: string | undefined
  /** What one row is called. */
  item: { title: string; gender: 'm' | 'f' } | null
  /** People may change the order. */
  ordered: boolean
  least: number
  most: number
  /** What a new row proposes: the constants of its columns. */
  proposed: Record<string, Json>
}

/** How a sub-list behaves, from its definition. */
export function tableRule(schema: FormSchema): TableRule {
  const said = annotationOf(schema, 'x-table') ?? {}
  const items = schema.items ?? {}
  const columns = Object.entries(items.properties ?? {})
  const item = said.item as { title: string; gender?: 'm' | 'f' } | undefined
  return {
    columns,
    required: new Set(items.required ?? []),
    main: said.main as string | undefined,
    item: item ? { title: item.title, gender: item.gender ?? 'm' } : null,
    ordered: said.order === true,
    least: typeof schema.minItems === 'number' ? schema.minItems : 0,
    most: typeof schema.maxItems === 'number' ? schema.maxItems : Infinity,
    proposed: Object.fromEntries(
      columns.flatMap(([name, column]) => (column.default === undefined ? [] : [[name, column.default]])),
    ),
  }
}
