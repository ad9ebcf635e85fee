import type { EntityView } from '#engine/contract'

const notTyped = ['x-code', 'x-ref', 'x-catalog', 'x-computed', 'x-state', 'x-decimal', 'x-money', 'x-file']

/** The field in which a person writes what a record is called: the first free text that its lists search or show. */
export function labelFieldOf(entity: EntityView): string | null {
  const isTyped = (name: string) => {
    const field = entity.schema.properties?.[name]
    return (
      field?.type === 'string' && !field.format && !field.enum && notTyped.every((word) => field[word] === undefined)
    )
  }
  const fields = [...entity.list.search, ...entity.list.columns, ...Object.keys(entity.schema.properties ?? {})]
  return fields.find(isTyped) ?? null
}
