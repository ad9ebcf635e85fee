import { createContext, type ComponentType } from 'react'
import type { EntityView, RecordView } from '#engine/contract'
import type { JsonObject } from '#forms'

export interface CreateInPlaceProps {
  entity: EntityView
  /** How many forms stand around the new one. */
  depth: number
  /** What the new record holds from the start. */
  data?: JsonObject
  /** Names of what that refers to: field → {id → label}. */
  labels?: Record<string, Record<string, string>>
  onClose: () => void
  onCreated: (record: RecordView) => void
}

/**
 * What makes a record without leaving a form. Handed in from above, because it draws a form itself: the form must not
 * import it.
 */
export const CreateInPlace = createContext<ComponentType<CreateInPlaceProps> | null>(null)
