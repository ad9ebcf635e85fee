import type { Finding } from '../../types.ts'
import { typeOf, type BpmnElement } from '../element.ts'
import type { EventKind, ModelNode, ProcessModel } from '../processModel.ts'
import { executableProcesses } from '../readProcess.ts'
import { found, label } from './found.ts'

/**
 * What the engine runs, verified construct by construct (docs/decisions/0020-bpmn-host.md). Everything else is refused
 * with the element and a reason: a construct that bpmn-elements would ignore or run in its own way never reaches it.
 */
const nodeTypes = new Set([
  'StartEvent',
  'EndEvent',
  'IntermediateCatchEvent',
  'IntermediateThrowEvent',
  'BoundaryEvent',
  'UserTask',
  'ServiceTask',
  'SendTask',
  'BusinessRuleTask',
  'ReceiveTask',
  'ManualTask',
  'Task',
  'ExclusiveGateway',
  'ParallelGateway',
  'EventBasedGateway',
  'SubProcess',
  'CallActivity',
])

const refused: Record<string, [message: string, cure: string]> = {
  InclusiveGateway: ['es una compuerta inclusiva, que no se admite', 'Use compuertas exclusivas o paralelas'],
  ComplexGateway: ['es una compuerta compleja, que no se admite', 'Use compuertas exclusivas o paralelas'],
  ScriptTask: [
    'es una tarea con código, que no se admite',
    'Use una tarea de servicio, o ponga el valor en «Datos que escribe»',
  ],
  AdHocSubProcess: ['es un subproceso ad-hoc, que no se admite', 'Dibuje el orden de las tareas'],
  Transaction: ['es un subproceso transaccional, que no se admite', 'Use un subproceso con un evento de borde'],
}

const eventKinds: Record<string, EventKind[]> = {
  StartEvent: [],
  EndEvent: ['error', 'escalation', 'terminate', 'compensation', 'signal'],
  IntermediateCatchEvent: ['message', 'timer', 'signal'],
  IntermediateThrowEvent: ['escalation', 'compensation', 'signal'],
  BoundaryEvent: ['message', 'timer', 'error', 'escalation', 'signal', 'compensation'],
}
const eventNames: Record<EventKind, string> = {
  message: 'mensaje',
  timer: 'tiempo',
  error: 'error',
  escalation: 'escalamiento',
  signal: 'señal',
  terminate: 'terminación',
  compensation: 'compensación',
  conditional: 'condición',
  link: 'enlace',
  cancel: 'cancelación',
}

/** Names that an element variable may not take: the engine's own words in a message, and those of expressions. */
const reservedNames = new Set(
  (
    'id type name executionId parent inbound outbound message output index form result results outcome record ref vars ' +
    'settings actor task isRootScope isMultiInstance isRecovered isSequential loopCardinality state error sequence'
  ).split(' '),
)

/** A name that FEEL reads as one word, and that is safe as a key. */
const isName = (name: string): boolean => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && name !== '__proto__'

/** A process larger than this is not compiled at all; the lint asks to divide it long before. */
const maxNodes = 500

/** Finds the one executable process, or says why there is none. */
export function theProcess(definitions: BpmnElement): BpmnElement | Finding {
  const processes = executableProcesses(definitions)
  if (processes.length === 1) return processes[0]!
  if (processes.length > 1)
    return found(
      'process-count',
      processes[1]!.id ?? '',
      `El archivo tiene ${processes.length} procesos ejecutables`,
      'Deje uno ejecutable; los otros participantes van como cajas cerradas',
    )
  const first = (definitions.rootElements ?? []).find((root) => typeOf(root) === 'Process')
  return found(
    'process-count',
    first?.id ?? '',
    'El archivo no tiene ningún proceso ejecutable',
    'Marque el proceso como ejecutable',
  )
}

/** Everything in a process that the engine cannot run. Empty: it can. */
export function checkConstructs(model: ProcessModel): Finding[] {
  if (model.nodes.length > maxNodes)
    return [found('size', model.id, `El proceso tiene ${model.nodes.length} elementos`, 'Divídalo en varios procesos')]
  const check = new ConstructCheck(model)
  return check.run()
}

class ConstructCheck {
  private readonly findings: Finding[] = []
  private readonly nodes: Map<string, ModelNode>

  constructor(private readonly model: ProcessModel) {
    this.nodes = new Map(model.nodes.map((node) => [node.id, node]))
  }

  run(): Finding[] {
    const { model } = this
    if (!model.id) this.refuse('id', '', 'El proceso no tiene identificador', 'Dele un id')
    this.checkIds()
    for (const { name } of model.variables)
      if (!isName(name))
        this.refuse('variable', model.id, `«${name}» no sirve de nombre de variable`, 'Use letras y números')
    this.checkScope(model.id, null)
    for (const node of model.nodes) if (!this.isInsideRefused(node)) this.checkNode(node)
    for (const message of model.messages) this.checkTargets({ ...message, outputs: [] })
    this.checkFlows()
    return this.findings
  }

  private refuse(code: string, at: string, message: string, cure: string): void {
    this.findings.push(found(code, at, message, cure))
  }

  /** What lies in a sub-process that is refused as a whole needs no findings of its own. */
  private isInsideRefused(node: ModelNode): boolean {
    for (let id = node.parent; id !== null; id = this.nodes.get(id)?.parent ?? null) {
      const scope = this.nodes.get(id)
      if (scope && (scope.triggeredByEvent || scope.type in refused)) return true
    }
    return false
  }

  private checkIds(): void {
    const seen = new Set<string>()
    for (const { id } of [...this.model.nodes, ...this.model.flows]) {
      if (!id) this.refuse('id', '', 'Hay un elemento sin identificador', 'Dé un id a cada elemento')
      else if (seen.has(id)) this.refuse('duplicate-id', id, `El identificador ${id} está repetido`, 'Cámbielo')
      seen.add(id)
    }
  }

  /** A scope begins at exactly one plain start event, and nowhere else. */
  private checkScope(scope: string, parent: string | null): void {
    const inside = this.model.nodes.filter((node) => node.parent === parent)
    const starts = inside.filter((node) => node.type === 'StartEvent')
    if (starts.length !== 1)
      this.refuse(
        'start-event',
        starts[1]?.id ?? scope,
        starts.length ? 'Hay más de un evento de inicio en el mismo nivel' : 'Falta el evento de inicio',
        'Debe haber exactamente un evento de inicio',
      )
    for (const node of inside) {
      const entered = this.model.flows.some((flow) => flow.target === node.id)
      const begins =
        node.type === 'StartEvent' || node.type === 'BoundaryEvent' || node.isForCompensation || node.triggeredByEvent
      if (!entered && !begins)
        this.refuse('not-connected', node.id, `A ${label(node)} no llega ningún flujo`, 'Conéctelo o quítelo')
      if (entered && begins)
        this.refuse('not-connected', node.id, `A ${label(node)} no puede llegar un flujo`, 'Quite el flujo de entrada')
    }
  }

  private checkNode(node: ModelNode): void {
    const refusal = refused[node.type]
    if (refusal) return this.refuse('not-supported', node.id, `${label(node)} ${refusal[0]}`, refusal[1])
    if (!nodeTypes.has(node.type))
      return this.refuse(
        'not-supported',
        node.id,
        `${label(node)} es de un tipo que no se admite (${node.type})`,
        'Quítelo',
      )
    this.checkEvents(node)
    this.checkTargets(node)
    if (node.loop) this.checkLoop(node)
    if (node.isForCompensation && !this.model.associations.some((association) => association.target === node.id))
      this.refuse('compensation', node.id, `Nada llama a la compensación ${label(node)}`, 'Únala con su evento')
    if (node.type === 'SubProcess') {
      if (node.triggeredByEvent)
        this.refuse(
          'not-supported',
          node.id,
          `${label(node)} es un subproceso de evento, que no se admite`,
          'Use un subproceso alrededor con un evento de borde',
        )
      else this.checkScope(node.id, node.id)
    }
    if (node.type === 'CallActivity' && !node.call?.process)
      this.refuse('unresolved', node.id, `${label(node)} no dice a qué proceso llama`, 'Elija el proceso')
    if (node.type === 'ReceiveTask' && !node.message)
      this.refuse('unresolved', node.id, `${label(node)} no dice qué mensaje espera`, 'Elija el mensaje')
    if (node.service && node.service.name === null && node.service.decision === null)
      this.refuse('service', node.id, `${label(node)} no dice qué servicio usa`, 'Elija el servicio')
    if (node.implementation !== null)
      this.refuse(
        'not-supported',
        node.id,
        `${label(node)} nombra código («${node.implementation}»), que no se admite`,
        'Elija un servicio de la lista',
      )
    if (node.type === 'EventBasedGateway') this.checkEventGateway(node)
  }

  /** What is assigned to: a field of the record or a variable, one level deep. */
  private checkTargets(node: Pick<ModelNode, 'id' | 'effects' | 'outputs'>): void {
    const targets = [
      ...node.effects.flatMap((effect) => (effect.kind === 'set' ? [effect.target] : [])),
      ...node.outputs.map((output) => output.target),
    ]
    for (const target of targets) {
      const [root, name = '', ...rest] = target.split('.')
      if (rest.length || (root !== 'record' && root !== 'vars') || !isName(name))
        this.refuse('target', node.id, `No se puede asignar a «${target}»`, 'Use record.campo o vars.nombre')
    }
  }

  private checkEvents(node: ModelNode): void {
    const allowed = eventKinds[node.type]
    if (!allowed) return
    if (node.events.length > 1)
      return this.refuse('not-supported', node.id, `${label(node)} reúne varios eventos`, 'Use un evento para cada uno')
    const event = node.events[0]
    if (!event) {
      if (node.type === 'BoundaryEvent' || node.type === 'IntermediateCatchEvent')
        this.refuse('not-supported', node.id, `${label(node)} no dice qué espera`, 'Elija mensaje o tiempo')
      return
    }
    if (!allowed.includes(event.kind)) {
      const why = node.type === 'StartEvent' ? 'Cómo empieza se elige en el proceso' : 'Use otro evento'
      this.refuse('not-supported', node.id, `${label(node)}: evento de ${eventNames[event.kind]} no admitido aquí`, why)
    }
    if (event.kind === 'message' && !event.ref)
      this.refuse('unresolved', node.id, `${label(node)} no dice qué mensaje espera`, 'Elija el mensaje')
    if (event.kind === 'signal' && !event.ref)
      this.refuse('unresolved', node.id, `${label(node)} no dice qué señal usa`, 'Elija la señal')
    if (event.kind === 'timer' && !event.timer?.text)
      this.refuse('timer', node.id, `${label(node)} no dice cuándo`, 'Escriba una duración ISO 8601 o una expresión')
    if (event.timer?.kind === 'cycle' && (node.type !== 'BoundaryEvent' || node.interrupting))
      this.refuse('timer', node.id, `${label(node)} se repite`, 'Repetir solo se admite en bordes que no interrumpen')
    if (node.type !== 'BoundaryEvent') return
    const host = node.attachedTo === null ? undefined : this.nodes.get(node.attachedTo)
    if (!host || host.parent !== node.parent)
      this.refuse(
        'unresolved',
        node.id,
        `${label(node)} no está sobre ninguna actividad`,
        'Póngalo sobre una actividad',
      )
    if (event.kind === 'compensation') {
      const handlers = this.model.associations.filter((association) => association.source === node.id)
      if (!handlers.some((association) => this.nodes.get(association.target)?.isForCompensation))
        this.refuse(
          'compensation',
          node.id,
          `${label(node)} no señala qué tarea compensa`,
          'Una el evento con una tarea de compensación por una asociación',
        )
    }
    if (event.kind === 'error' && !node.interrupting)
      this.refuse(
        'not-supported',
        node.id,
        `${label(node)}: un error siempre interrumpe`,
        'Quite cancelActivity="false"',
      )
  }

  private checkLoop(node: ModelNode): void {
    const { loop } = node
    if (!loop) return
    if (loop.kind === 'standard')
      return this.refuse(
        'not-supported',
        node.id,
        `${label(node)} usa un bucle estándar`,
        'Dibuje la vuelta con una compuerta',
      )
    if (!loop.collection && !loop.cardinality)
      this.refuse(
        'loop',
        node.id,
        `${label(node)} no dice sobre qué se repite`,
        'Diga qué lista recorre, o cuántas veces',
      )
    if (loop.elementVariable && (reservedNames.has(loop.elementVariable) || !isName(loop.elementVariable)))
      this.refuse(
        'loop',
        node.id,
        `El nombre ${loop.elementVariable} está reservado`,
        'Elija otro nombre para cada elemento',
      )
  }

  private checkEventGateway(node: ModelNode): void {
    for (const flow of this.model.flows.filter(({ source }) => source === node.id)) {
      const target = this.nodes.get(flow.target)
      if (target && !['IntermediateCatchEvent', 'ReceiveTask'].includes(target.type))
        this.refuse(
          'event-gateway',
          flow.id,
          `Tras ${label(node)} solo pueden venir eventos`,
          'Ponga un evento de espera',
        )
      if (this.model.flows.filter((other) => other.target === flow.target).length > 1)
        this.refuse(
          'event-gateway',
          flow.target,
          'A un evento de esta compuerta llega otro flujo',
          'Separe los caminos',
        )
    }
  }

  private checkFlows(): void {
    const pairs = new Set<string>()
    for (const flow of this.model.flows) {
      const [source, target] = [this.nodes.get(flow.source), this.nodes.get(flow.target)]
      if (!source || !target || source.parent !== target.parent) {
        this.refuse(
          'unresolved',
          flow.id,
          `El flujo ${flow.id} no une dos elementos del mismo nivel`,
          'Vuelva a dibujarlo',
        )
        continue
      }
      const pair = `${flow.source} ${flow.target}`
      if (pairs.has(pair))
        this.refuse('duplicate-flow', flow.id, `Dos flujos unen ${label(source)} con ${label(target)}`, 'Deje uno')
      pairs.add(pair)
      if (!flow.condition) continue
      if (flow.condition.language !== null && flow.condition.language.toLowerCase() !== 'feel')
        this.refuse(
          'condition',
          flow.id,
          `La condición está en ${flow.condition.language}`,
          'Escriba la regla de nuevo en el estudio',
        )
      if (!flow.condition.text) this.refuse('condition', flow.id, 'La condición está vacía', 'Escríbala o quítela')
      if (source.type === 'ParallelGateway' || source.type === 'EventBasedGateway')
        this.refuse('condition', flow.id, `${label(source)} no admite condiciones`, 'Use una compuerta exclusiva')
    }
  }
}
