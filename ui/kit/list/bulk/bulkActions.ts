import { IconArchive, IconArchiveOff, IconRestore, IconTrash } from '@tabler/icons-react'
import type { RecordView } from '#engine/contract'
import { request } from '../../../client/http/request.ts'

/** One thing that can be done to many records at once. */
export interface BulkAction {
  /** Of the texts `kit.list.bulk.<key>`. */
  key: 'inactivate' | 'activate' | 'restore' | 'delete'
  icon: typeof IconTrash
  kind: 'neutral' | 'danger'
  /** Is a reason asked, and must one be given? */
  reason: 'none' | 'optional' | 'required'
  /** To which of the marked ones it can be done, as far as the page knows; the server has the last word. */
  fits: (record: RecordView) => boolean
  act: (record: RecordView, reason: string) => Promise<unknown>
}

const target = (record: RecordView) => ({
  params: { entity: record.entity, id: record.id },
  ifMatch: record.revision,
})
const said = (reason: string) => (reason ? { reason } : {})

export const bulkActions: BulkAction[] = [
  {
    key: 'inactivate',
    icon: IconArchive,
    kind: 'neutral',
    reason: 'required',
    fits: (record) => record.permissions.inactivate && !record.inactiveAt && !record.deletedAt,
    act: (record, reason) => request('inactivateRecord', { ...target(record), body: { reason } }),
  },
  {
    key: 'activate',
    icon: IconArchiveOff,
    kind: 'neutral',
    reason: 'optional',
    fits: (record) => record.permissions.inactivate && !!record.inactiveAt && !record.deletedAt,
    act: (record, reason) => request('activateRecord', { ...target(record), body: said(reason) }),
  },
  {
    key: 'restore',
    icon: IconRestore,
    kind: 'neutral',
    reason: 'none',
    fits: (record) => record.permissions.delete && !!record.deletedAt,
    act: (record) => request('restoreRecord', target(record)),
  },
  {
    key: 'delete',
    icon: IconTrash,
    kind: 'danger',
    reason: 'optional',
    fits: (record) => record.permissions.delete && !record.deletedAt,
    act: (record, reason) => request('deleteRecord', { ...target(record), body: said(reason) }),
  },
]
