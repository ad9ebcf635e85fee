import { readExtensions, writeExtensions, type ExtensionRow, type ExtensionType } from '../wf/extensions.ts'
import type { DiagramElement, ModdleElement } from '../wf/moddle.ts'
import { usePanel } from './PanelContext.ts'

/** The rows of one kind of extension element of a step, and how to replace them. */
export function useExtensionRows(
  element: DiagramElement,
  type: ExtensionType,
  owner: ModdleElement = element.businessObject,
): [ExtensionRow[], (rows: ExtensionRow[]) => void] {
  const { diagram } = usePanel()
  const services = { modeling: diagram.get('modeling'), moddle: diagram.get('moddle') }
  return [readExtensions(owner, type), (rows) => writeExtensions(services, element, owner, type, rows)]
}
