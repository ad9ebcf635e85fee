import type { DiagramElement, ModdleElement } from '../wf/moddle.ts'
import { usePanel } from './PanelContext.ts'

/** Writes attributes of a step (or of what it refers to) as one undoable change; `undefined` takes one away. */
export function useAttributes(element: DiagramElement, owner: ModdleElement = element.businessObject) {
  const { diagram } = usePanel()
  return (attributes: Record<string, unknown>) =>
    diagram.get('modeling').updateModdleProperties(element, owner, attributes)
}
