import { useEffect, useState } from 'react'
import type { Diagram } from './DiagramServices.ts'
import type { DiagramElement } from '../wf/moddle.ts'

export interface DiagramState {
  /** What is selected, the process itself when nothing is. */
  element: DiagramElement
  /** Grows with every change, so that panels draw again: bpmn-js changes its objects in place. */
  version: number
  canUndo: boolean
  canRedo: boolean
}

/** The selection and the changes of a diagram, as React state; null until a file is shown. */
export function useDiagram(diagram: Diagram | null): DiagramState | null {
  const [state, setState] = useState<DiagramState | null>(null)
  useEffect(() => {
    if (!diagram) return
    const read = () => {
      const root = diagram.get('canvas').getRootElement()
      if (!root.businessObject) return setState(null)
      const selected = diagram.get('selection').get()
      const chosen = selected.length === 1 ? selected[0] : undefined
      const stack = diagram.get('commandStack')
      setState((before) => ({
        element: chosen?.labelTarget ?? chosen ?? root,
        version: (before?.version ?? 0) + 1,
        canUndo: stack.canUndo(),
        canRedo: stack.canRedo(),
      }))
    }
    const events = ['selection.changed', 'commandStack.changed', 'import.done', 'root.set']
    diagram.get('eventBus').on(events, read)
    read()
    return () => diagram.get('eventBus').off(events, read)
  }, [diagram])
  return state
}
