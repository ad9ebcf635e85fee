import type { InsertStepContext } from './insertStep.ts'
import type { DiagramElement, Moddle, ModdleElement, Modeling } from '../wf/moddle.ts'

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** The services of bpmn-js that the studio uses, with the types it needs. */
export interface DiagramServices {
  modeling: Modeling & {
    removeElements(elements: DiagramElement[]): void
  }
  moddle: Moddle
  elementRegistry: {
    get(id: string): DiagramElement | undefined
    filter(test: (element: DiagramElement) => boolean): DiagramElement[]
  }
  elementFactory: { createShape(attributes: Record<string, unknown>): DiagramElement }
  selection: { get(): DiagramElement[]; select(element: DiagramElement | null): void }
  canvas: {
    /** Before a file is imported, an implicit root without a process. */
    getRootElement(): DiagramElement | { id: string; businessObject?: undefined }
    zoom(level?: number | 'fit-viewport', center?: unknown): number
    viewbox(box?: Box): Box & { inner: Box; outer: { width: number; height: number } }
    scrollToElement(element: DiagramElement, padding?: number): void
    addMarker(element: DiagramElement, marker: string): void
    removeMarker(element: DiagramElement, marker: string): void
    resized(): void
  }
  commandStack: {
    execute(command: 'step.insert', context: InsertStepContext): void
    undo(): void
    redo(): void
    canUndo(): boolean
    canRedo(): boolean
  }
  eventBus: {
    on(event: string | string[], listener: (event: never) => void): void
    off(event: string | string[], listener: (event: never) => void): void
  }
}

/** The whole modeler: services by name, and the file in and out. */
export interface Diagram {
  get<N extends keyof DiagramServices>(name: N): DiagramServices[N]
  importXML(xml: string): Promise<{ warnings: unknown[] }>
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>
  getDefinitions(): ModdleElement
  attachTo(parent: HTMLElement): void
  detach(): void
  destroy(): void
}
