import { createContext, useContext } from 'react'
import type { Diagram } from '../diagram/DiagramServices.ts'
import type { EntityModel, PackModel } from '../pack/packModel.ts'
import type { ModdleElement } from '../wf/moddle.ts'

/** What every panel of the properties needs. */
export interface PanelContextValue {
  diagram: Diagram
  pack: PackModel
  /** The process being drawn and the records it works on. */
  process: ModdleElement | null
  processKey: string
  entity: EntityModel | null
  /** Whether the installed version of this process already has an element with this id. */
  isInstalled: (id: string) => boolean
  openFile: (path: string) => void
  /** Makes an empty form for this step and opens it; gives its key. */
  createForm: (suggestedKey: string, title: string) => string
}

export const PanelContext = createContext<PanelContextValue | null>(null)

export function usePanel(): PanelContextValue {
  const value = useContext(PanelContext)
  if (!value) throw new Error('usePanel outside of a PanelContext')
  return value
}
