import type { EntityInPack } from '../../packs/index.ts'

/** Fields that are not edited again once saved, and that a correction may change: no process does. */
export const fixedFields = ({ definition }: EntityInPack): string[] =>
  Object.keys(definition.properties).filter((name) => isCorrectable(definition.properties[name]?.['x-fixed']))

const isCorrectable = (fixed: unknown): boolean =>
  fixed === true || (typeof fixed === 'object' && fixed !== null && !('by' in fixed))
