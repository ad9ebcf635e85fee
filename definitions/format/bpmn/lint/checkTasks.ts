import type { Finding } from '../../types.ts'
import type { ModelNode, ProcessModel } from '../processModel.ts'
import { found, label, warning } from './found.ts'
import type { LintContext } from './LintContext.ts'

const relativeToDue = /^due([+-]\d+(bd|d|h|m))?$/

/** Tasks that people could not do, and moments that never come. */
export function checkTasks(model: ProcessModel, context: LintContext): Finding[] {
  const findings = model.nodes.flatMap((node) => [...checkMoments(node), ...checkAssignments(model, node, context)])
  for (const message of model.messages) findings.push(...checkAssignments(model, { ...message, outputs: [] }, context))
  for (const node of model.nodes)
    if (node.type === 'UserTask') findings.push(...checkUserTask(model, node))
    else if (node.pauses.length)
      findings.push(found('pause', node.id, `${label(node)} no es una tarea: no puede quedar en espera`, 'Quítelo'))
  // A process without tasks only makes a record: there is nothing on the way that it could tell the state of.
  if (model.entity !== null && model.nodes.some(({ type }) => type === 'UserTask') && !setsState(model))
    findings.push(
      warning(
        'no-state',
        model.id,
        'El proceso no cambia ningún estado',
        'Diga en sus tareas a qué estado pasa el registro',
      ),
    )
  if (model.startOn === 'schedule' && model.entity !== null && model.forEach === null)
    findings.push(
      found('schedule', model.id, 'Falta decir para qué registros se programa', 'Escriba la regla que los elige'),
    )
  if (model.startOn === 'schedule' && model.schedule === null)
    findings.push(found('schedule', model.id, 'Falta decir cuándo empieza', 'Escriba el horario'))
  return findings
}

const setsState = (model: ProcessModel): boolean =>
  model.initialState !== null ||
  [...model.nodes, ...model.messages].some((node) => node.effects.some((effect) => effect.kind === 'setState'))

function checkUserTask(model: ProcessModel, node: ModelNode): Finding[] {
  const findings: Finding[] = []
  if (!node.candidates.length && node.laneRole === null && node.assignee === null)
    findings.push(found('no-candidates', node.id, `Nadie puede hacer ${label(node)}`, 'Diga quién la hace'))
  if (node.dueDate === null)
    findings.push(warning('no-due-date', node.id, `${label(node)} no tiene vencimiento`, 'Póngale un plazo'))
  for (const candidate of node.candidates)
    if (!candidate.role && !candidate.group && !candidate.user && !candidate.party)
      findings.push(
        found('candidate', node.id, `Un candidato de ${label(node)} está vacío`, 'Elija rol, grupo, persona o parte'),
      )
  const keys = node.outcomes.map((outcome) => outcome.key)
  for (const key of new Set(keys))
    if (!key || keys.indexOf(key) !== keys.lastIndexOf(key))
      findings.push(
        found('outcome', node.id, `El resultado «${key}» de ${label(node)} está vacío o repetido`, 'Dele otra clave'),
      )
  findings.push(...checkPauses(model, node))
  const needsDue = [...node.effects, ...node.escalations].some(({ on }) => relativeToDue.test(on))
  if (needsDue && node.dueDate === null)
    findings.push(
      found('no-due-date', node.id, `${label(node)} avisa de un vencimiento que no tiene`, 'Póngale un plazo'),
    )
  return findings
}

/** A clock that can be stopped runs, once for one task, and people can tell the reasons apart. */
function checkPauses(model: ProcessModel, node: ModelNode): Finding[] {
  if (node.pauses.length === 0) return []
  const findings: Finding[] = []
  const keys = node.pauses.map(({ key }) => key)
  for (const key of new Set(keys))
    if (!key || keys.indexOf(key) !== keys.lastIndexOf(key))
      findings.push(
        found(
          'pause',
          node.id,
          `El motivo de espera «${key}» de ${label(node)} está vacío o repetido`,
          'Dele otra clave',
        ),
      )
  if (node.dueDate === null)
    findings.push(
      found(
        'pause',
        node.id,
        `${label(node)} puede quedar en espera, pero no tiene vencimiento`,
        'Dele un vencimiento',
      ),
    )
  if (isRepeated(model, node))
    findings.push(
      found('pause', node.id, `${label(node)} se repite: no puede quedar en espera`, 'Quite los motivos de espera'),
    )
  return findings
}

/** Is it, or a part of the process around it, done several times at once? */
function isRepeated({ nodes }: Pick<ProcessModel, 'nodes'>, node: ModelNode): boolean {
  if (node.loop) return true
  const around = nodes.find(({ id }) => id === node.parent)
  return around !== undefined && isRepeated({ nodes }, around)
}

/** `on` says a moment of the node that exists. */
function checkMoments(node: ModelNode): Finding[] {
  const isTask = node.type === 'UserTask'
  const outcomes = new Set(node.outcomes.map((outcome) => outcome.key))
  return [
    ...node.effects.flatMap((effect) => {
      const { on } = effect
      if (on === 'enter' || on === 'complete' || on === 'cancel') return []
      if (isTask && on === 'claim') return []
      if (isTask && on.startsWith('outcome:')) {
        const key = on.slice('outcome:'.length)
        if (outcomes.has(key)) return []
        return [
          found(
            'outcome',
            node.id,
            `${label(node)} trata el resultado «${key}», que no ofrece`,
            'Agregue esa respuesta a la tarea, o corrija la clave',
          ),
        ]
      }
      if (isTask && relativeToDue.test(on) && effect.kind === 'notify') return []
      return [
        found(
          'moment',
          node.id,
          `El momento «${on}» no existe en ${label(node)}`,
          'Use enter, complete, cancel; en tareas también claim, outcome:clave y, para avisos, due',
        ),
      ]
    }),
    ...node.escalations
      .filter(({ on, role, group }) => !relativeToDue.test(on) || (!role && !group))
      .map(({ on }) =>
        found(
          'moment',
          node.id,
          `El momento «${on}» del escalamiento de ${label(node)} no se entiende`,
          'Use due, due+1bd … y un rol o grupo',
        ),
      ),
  ]
}

function checkAssignments(
  model: ProcessModel,
  node: Pick<ModelNode, 'id' | 'form' | 'effects' | 'outputs'>,
  context: LintContext,
): Finding[] {
  const variables = new Set(model.variables.map((variable) => variable.name))
  const targets = [
    ...node.effects.flatMap((effect) => (effect.kind === 'set' ? [effect.target] : [])),
    ...node.outputs.map((output) => output.target),
  ]
  const fields = context.scope?.record?.properties
  return targets.flatMap((target) => {
    const [root, name, ...rest] = target.split('.')
    if (!name || rest.length) return [] // Refused as a construct already.
    if (root === 'vars' && !variables.has(name))
      return [found('unresolved', node.id, `No existe la variable «${name}»`, 'Declárela en el proceso')]
    if (root === 'record' && fields && !(name in fields))
      return [found('unresolved', node.id, `No existe el campo «${name}»`, 'Corrija el nombre')]
    if (root === 'record' && fields?.[name]?.['x-state'] === true)
      return [found('state', node.id, `El estado (${target}) no se cambia como un dato`, 'Use «Cambios de estado»')]
    if (root === 'record' && node.form !== null && context.editable?.[node.form]?.includes(name))
      return [
        warning(
          'overwrites',
          node.id,
          `El proceso escribe «${name}», que el formulario deja editar`,
          'Quite uno de los dos',
        ),
      ]
    return []
  })
}
