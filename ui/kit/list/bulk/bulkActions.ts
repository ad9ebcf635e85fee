import { IconTrash } from '@tabler/icons-react'
import type { EntityView, RecordView } from '#engine/contract'
import { request } from '../../../client/request.ts'

/** One thing that can be done to many records at once. */
export interface BulkAction {
  /** Of the texts `kit.list.bulk.<key>`. */
  key: 'delete'
  icon: typeof IconTrash
  kind: 'neutral' | 'danger'
  /** Does this person have the button at all? */
  isOffered: (entity: EntityView) => boolean
  /** To which of the marked ones it can be done, as far as the page knows; the server has the last word. */
  fits: (record: RecordView) => boolean
  act: (record: RecordView, reason: string) => Promise<unknown>
}

const target = (record: RecordView) => ({ entity: record.entity, id: record.id })
const said = (reason: string) => (reason ? { reason } : {})

export const bulkActions: BulkAction[] = [
  {
    key: 'delete',
    icon: IconTrash,
    kind: 'danger',
    isOffered: (entity) => entity.may.delete,
    fits: (record) => record.permissions.delete,
    act: (record, reason) =>
      request('deleteRecord', { params: target(record), body: said(reason), ifMatch: record.revision }),
  },
]
