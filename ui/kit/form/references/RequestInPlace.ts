import { createContext, type ComponentType } from 'react'
import type { JsonObject } from '#forms'

export interface RequestInPlaceProps {
  /** The process that takes the request. */
  process: string
  /** How many forms stand around its form. */
  depth: number
  /** What its form opens with. */
  data: JsonObject
  onClose: () => void
  onSent: () => void
}

/** What asks others for a record, without leaving a form. Handed in from above, as `CreateInPlace` is. */
export const RequestInPlace = createContext<ComponentType<RequestInPlaceProps> | null>(null)
