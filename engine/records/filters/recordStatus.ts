import { rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { LISTED, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'

const recordStatuses = ['active', 'inactive', 'incomplete', 'deleted', 'all'] as const
export type RecordStatus = (typeof recordStatuses)[number]

/** A status as an address gives it. 400 for one that does not exist. */
export function statusOf(text: string | undefined): RecordStatus {
  const status = recordStatuses.find((known) => known === (text ?? 'active'))
  if (!status) throw new CauceError('request.invalid')
  return status
}

/** The records of a status. 403 for deleted ones without the right to delete. */
export function statusFilter(ctx: Ctx, entity: EntityInPack, status: RecordStatus = 'active'): Filter {
  switch (status) {
    case 'active':
      return LISTED
    case 'inactive':
      return { deletedAt: null, inactiveAt: { $ne: null } }
    case 'incomplete':
      return { ...LISTED, incomplete: true }
    case 'all':
      return { deletedAt: null }
    case 'deleted': {
      const rows = rowFilter(ctx, entity, 'delete')
      if (rows === null) throw new CauceError('access.denied')
      return { $and: [rows, { deletedAt: { $ne: null } }] }
    }
  }
}
