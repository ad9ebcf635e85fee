/**
 * The little that the studio needs to know of bpmn-moddle's objects and bpmn-js's services: their own types are
 * untyped (`any`) where it matters.
 */
export interface ModdleElement {
  $type: string
  $parent?: ModdleElement
  id?: string
  name?: string
  get(name: string): unknown
  set(name: string, value: unknown): void
}

export interface Moddle {
  create(type: string, attributes?: Record<string, unknown>): ModdleElement
  ids?: { nextPrefixed(prefix: string, element: unknown): string }
}

/** A shape or connection of the diagram. */
export interface DiagramElement {
  id: string
  type: string
  businessObject: ModdleElement
  parent?: DiagramElement
  incoming?: DiagramElement[]
  outgoing?: DiagramElement[]
  source?: DiagramElement
  target?: DiagramElement
  labelTarget?: DiagramElement
}

/** The commands through which everything is changed, so that everything can be undone. */
export interface Modeling {
  updateProperties(element: DiagramElement, properties: Record<string, unknown>): void
  updateModdleProperties(element: DiagramElement, target: ModdleElement, properties: Record<string, unknown>): void
}

export function listOf(element: ModdleElement | undefined, name: string): ModdleElement[] {
  const value = element?.get(name)
  return Array.isArray(value) ? (value as ModdleElement[]) : []
}

export function textOf(element: ModdleElement | undefined, name: string): string {
  const value = element?.get(name)
  return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value)
}
