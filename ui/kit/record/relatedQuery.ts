import type { EntityView } from '#engine/contract'
import { listQuery, type ListQuery } from '../list/listQuery.ts'

/** The records that point at one, as a list's query. */
export const relatedQuery = (relation: EntityView['related'][number], id: string, size: number): ListQuery =>
  listQuery({ filters: { [relation.by]: [id] }, size })
