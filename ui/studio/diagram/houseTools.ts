import type { DiagramElement } from '../wf/moddle.ts'

/**
 * What the tools of the editor offer: only what the engine runs (the rest would be refused at publishing), and a
 * "task" is from the start a task of a person.
 */
const paletteEntries = new Set([
  'hand-tool',
  'lasso-tool',
  'space-tool',
  'global-connect-tool',
  'tool-separator',
  'create.start-event',
  'create.end-event',
  'create.exclusive-gateway',
  'create.task',
  'create.subprocess-expanded',
])

/** Kinds of the "change type" menu, by what follows `replace-with-`. */
const kinds = new Set([
  'user-task',
  'service-task',
  'send-task',
  'receive-task',
  'rule-task',
  'call-activity',
  'expanded-subprocess',
  'exclusive-gateway',
  'parallel-gateway',
  'event-based-gateway',
  'none-start',
  'none-end',
  'error-end',
  'escalation-end',
  'terminate-end',
  'message-intermediate-catch',
  'timer-intermediate-catch',
  'message-boundary',
  'non-interrupting-message-boundary',
  'timer-boundary',
  'non-interrupting-timer-boundary',
  'error-boundary',
  'escalation-boundary',
  'non-interrupting-escalation-boundary',
  'default-flow',
  'sequence-flow',
])
const refusedPads = /^(append\.condition|append\.signal|append\.receive|append\.compensation|lane-|connect\.data)/

interface Entry {
  title?: string
  action?: Record<string, unknown>
  [key: string]: unknown
}
type Entries = Record<string, Entry>

export function allowedPalette(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => paletteEntries.has(name)))
}
export function allowedPad(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !refusedPads.test(name)))
}
export function allowedKinds(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => kinds.has(name.replace('replace-with-', ''))))
}

interface Registry {
  registerProvider(...arguments_: unknown[]): void
}
interface Creation {
  start(event: unknown, shape: DiagramElement, context?: unknown): void
}
interface Factory {
  createShape(attributes: Record<string, unknown>): DiagramElement
}
interface Placing {
  append(source: DiagramElement, shape: DiagramElement): void
}

function houseTools(
  palette: Registry,
  contextPad: Registry,
  popupMenu: Registry,
  create: Creation,
  factory: Factory,
  autoPlace: Placing,
): object {
  const newTask = () => factory.createShape({ type: 'bpmn:UserTask' })
  const beginTask = (event: unknown) => create.start(event, newTask())
  // Lower priority than the default: these see what the library's own providers made.
  palette.registerProvider(500, {
    getPaletteEntries: () => (entries: Entries) => {
      const kept = allowedPalette(entries)
      const task = kept['create.task']
      if (task)
        kept['create.task'] = {
          ...task,
          className: 'bpmn-icon-user-task',
          action: { click: beginTask, dragstart: beginTask },
        }
      return kept
    },
  })
  contextPad.registerProvider(500, {
    getContextPadEntries: () => (entries: Entries) => {
      const kept = allowedPad(entries)
      const task = kept['append.append-task']
      if (task) {
        kept['append.append-task'] = {
          ...task,
          className: 'bpmn-icon-user-task',
          action: {
            click: (_: unknown, source: DiagramElement) => autoPlace.append(source, newTask()),
            dragstart: (event: unknown, source: DiagramElement) => create.start(event, newTask(), { source }),
          },
        }
      }
      return kept
    },
  })
  popupMenu.registerProvider('bpmn-replace', 500, {
    getPopupMenuEntries: () => allowedKinds,
    // The plain loop marker repeats without waiting for anybody: the engine refuses it.
    getPopupMenuHeaderEntries:
      () =>
      ({ 'toggle-loop': _, ...entries }: Entries) =>
        entries,
  })
  return {}
}
houseTools.$inject = ['palette', 'contextPad', 'popupMenu', 'create', 'elementFactory', 'autoPlace']

export const houseToolsModule = { __init__: ['houseTools'], houseTools: ['factory', houseTools] }
