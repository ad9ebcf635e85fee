import type { EntityDefinition } from './types.ts'

/** What several records of an entity are called, in menus and over lists. */
export const pluralTitle = (definition: Pick<EntityDefinition, 'title' | 'x-title-plural'>): string =>
  definition['x-title-plural'] ?? definition.title
