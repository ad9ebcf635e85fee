import type { EntityView } from '#engine/contract'

export interface ContextPanel {
  key: string
  title: string
  /** null: a field of the record itself. */
  relation: EntityView['related'][number] | null
}

/** The panels a form names: a relation of the record, or one of its fields. What this person may not see is left out. */
export function contextPanels(names: string[], entity: EntityView): ContextPanel[] {
  return names.flatMap<ContextPanel>((name) => {
    const relation = entity.related.find((candidate) => candidate.key === name || candidate.entity === name)
    if (relation) return [{ key: relation.key, title: relation.title, relation }]
    const field = entity.schema.properties?.[name]
    return field ? [{ key: name, title: field.title ?? name, relation: null }] : []
  })
}
