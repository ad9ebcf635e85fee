import type { DiagramElement } from '../wf/moddle.ts'

/** Space that a new step needs before and after it, in diagram units. */
const gap = 50

interface Box extends DiagramElement {
  x: number
  y: number
  width: number
  height: number
}
interface Flow extends DiagramElement {
  waypoints: { x: number; y: number }[]
}
interface Modeling {
  createShape(shape: DiagramElement, position: { x: number; y: number }, target: DiagramElement): DiagramElement
  reconnectStart(flow: DiagramElement, source: DiagramElement, docking: { x: number; y: number }): void
}
interface SpaceTool {
  calculateAdjustments(
    shapes: DiagramElement[],
    axis: 'x',
    delta: number,
    start: number,
  ): { movingShapes: DiagramElement[]; resizingShapes: DiagramElement[] }
  makeSpace(
    moving: DiagramElement[],
    resizing: DiagramElement[],
    delta: { x: number; y: number },
    direction: 'e',
    start: number,
  ): void
}
interface Registry {
  filter(test: (element: DiagramElement) => boolean): DiagramElement[]
}
interface Placing {
  append(source: DiagramElement, shape: DiagramElement): DiagramElement
}

export interface InsertStepContext {
  source: DiagramElement
  shape: DiagramElement
  /** Set by the command: the step as it stands in the diagram. */
  inserted?: DiagramElement
}

/**
 * The command «agregar después»: a step with one way out gets the new one on that way, what follows moves over; any
 * other step gets a new way out. One step to undo.
 */
class InsertStep {
  readonly #modeling: Modeling
  readonly #spaceTool: SpaceTool
  readonly #registry: Registry
  readonly #autoPlace: Placing

  constructor(modeling: Modeling, spaceTool: SpaceTool, registry: Registry, autoPlace: Placing) {
    this.#modeling = modeling
    this.#spaceTool = spaceTool
    this.#registry = registry
    this.#autoPlace = autoPlace
  }

  preExecute(context: InsertStepContext): void {
    const { source, shape } = context
    const flow = onlyWayOut(source)
    // An end leads nowhere: it cannot stand on the way to something.
    if (!flow || shape.type === 'bpmn:EndEvent') {
      context.inserted = this.#autoPlace.append(source, shape)
      return
    }
    const [from, to, made] = [source as Box, flow.target as Box, shape as Box]
    const right = from.x + from.width
    if (to.x > right && Math.abs(middle(from) - middle(to)) < 5) {
      const missing = made.width + 2 * gap - (to.x - right)
      if (missing > 0) this.#widen(right, missing)
      context.inserted = this.#modeling.createShape(shape, { x: right + gap + made.width / 2, y: middle(from) }, flow)
      return
    }
    // The way bends or goes back: the new step is placed as drawn by hand, and the way now starts there.
    const placed = this.#autoPlace.append(source, shape) as Box
    this.#modeling.reconnectStart(flow, placed, { x: placed.x + placed.width / 2, y: middle(placed) })
    context.inserted = placed
  }

  #widen(right: number, by: number): void {
    const shapes = this.#registry.filter((element) => 'x' in element && element.parent !== undefined)
    const start = right + 1
    const { movingShapes, resizingShapes } = this.#spaceTool.calculateAdjustments(shapes, 'x', by, start)
    this.#spaceTool.makeSpace(movingShapes, resizingShapes, { x: by, y: 0 }, 'e', start)
  }
}
Object.assign(InsertStep, { $inject: ['modeling', 'spaceTool', 'elementRegistry', 'autoPlace'] })

const middle = (box: Box) => box.y + box.height / 2

function onlyWayOut(source: DiagramElement): Flow | null {
  const flows = (source.outgoing ?? []).filter((flow) => flow.type === 'bpmn:SequenceFlow')
  const [flow] = flows
  return flow?.target && flows.length === 1 && !/Gateway$/.test(source.type) ? (flow as Flow) : null
}

function registerInsertStep(commandStack: { registerHandler(name: string, handler: unknown): void }): object {
  commandStack.registerHandler('step.insert', InsertStep)
  return {}
}
registerInsertStep.$inject = ['commandStack']

export const insertStepModule = { __init__: ['insertStep'], insertStep: ['factory', registerInsertStep] }
