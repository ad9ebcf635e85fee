import type { ReportView } from '#engine/contract'

/** What the drawings of a report's groups share. */
export interface GroupsProps {
  report: ReportView
  /** The filters, as the records of a group are asked for. */
  search: URLSearchParams
  isOpen: (key: string) => boolean
  onToggle: (key: string) => void
}
