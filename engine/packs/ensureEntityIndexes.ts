import { compileRule } from '#forms'
import type { EntityDefinition, RolesFile } from '#definitions'
import type { Ctx } from '../context.ts'

type Keys = Record<string, 1 | -1>
interface WantedIndex {
  keys: Keys
  options?: { unique?: boolean; partialFilterExpression?: object }
}

/** Builds the indexes that a definition implies: unique values, codes, filters, sort order and row rules. */
export async function ensureEntityIndexes(
  ctx: Ctx,
  entity: string,
  definition: EntityDefinition,
  roles: RolesFile,
): Promise<void> {
  await ctx.store.ensureRecordIndexes(entity, indexesOf(entity, definition, roles))
}

export function indexesOf(entity: string, definition: EntityDefinition, roles: RolesFile): WantedIndex[] {
  const indexes = new Map<string, WantedIndex>()
  const add = (index: WantedIndex): void => {
    const key = Object.keys(index.keys).join()
    if (!indexes.has(key) || index.options?.unique) indexes.set(key, index)
  }
  for (const [field, property] of Object.entries(definition.properties)) {
    const unique = property['x-unique'] as true | { with?: string[]; level?: string } | undefined
    if (property['x-code'] || (unique && (unique === true || unique.level !== 'warn'))) {
      const fields = [field, ...(typeof unique === 'object' ? (unique.with ?? []) : [])]
      add({
        keys: Object.fromEntries([['tenant', 1], ...fields.map((name) => [`data.${name}`, 1])]) as Keys,
        // Empty is never equal, and a deleted record frees its values.
        options: { unique: true, partialFilterExpression: { [`data.${field}`]: { $type: 'string' }, deletedAt: null } },
      })
    }
    // Scanning looks here, whatever else makes the code unique.
    if (property['x-ref'] || property['x-qr']) add({ keys: { tenant: 1, [`data.${field}`]: 1 } })
    if (property['x-code']) add({ keys: { tenant: 1, aliases: 1 } })
  }
  for (const rule of definition['x-unique'] ?? []) {
    if (rule.level === 'warn') continue
    add({
      keys: Object.fromEntries([['tenant', 1], ...rule.fields.map((name) => [`data.${name}`, 1])]) as Keys,
      options: {
        unique: true,
        partialFilterExpression: { [`data.${rule.fields[0] ?? ''}`]: { $type: 'string' }, deletedAt: null },
      },
    })
  }
  for (const filter of definition['x-list']?.filters ?? []) {
    if (typeof filter === 'string' && definition.properties[filter]) add({ keys: { tenant: 1, [`data.${filter}`]: 1 } })
  }
  const sort = definition['x-list']?.sort
  // With the id behind it, as lists sort: a unique index holds only some of the records and cannot stand in for it.
  if (sort) add({ keys: { tenant: 1, [`data.${sort.replace(/^-/, '')}`]: sort.startsWith('-') ? -1 : 1, _id: 1 } })
  for (const rule of Object.values(roles.rows?.[entity] ?? {})) {
    for (const path of compileRule(rule).paths) {
      if (path.includes('.')) continue
      if (definition.properties[path]) add({ keys: { tenant: 1, [`data.${path}`]: 1 } })
    }
  }
  add({ keys: { tenant: 1, updatedAt: -1 } })
  return [...indexes.values()]
}
