import type { Finding } from '../../types.ts'
import { nearestName } from '../nearestName.ts'
import type { ModelCandidate, ModelEffect, ModelNode, ProcessModel } from '../processModel.ts'
import { found, label } from './found.ts'
import type { LintContext } from './LintContext.ts'

/** Services that the engine itself offers. */
const builtinServices = ['record.create', 'record.update', 'record.copy', 'document.render', 'process.start']
/** Built-in services that only write what the step's own transaction commits. */
const localServices = ['record.create', 'record.update', 'record.copy']
const builtinGroups = ['staff', 'portal']

/** Forms, roles, groups, templates, states, services, processes and decisions that are named and do not exist. */
export function checkNames(model: ProcessModel, context: LintContext): Finding[] {
  const findings: Finding[] = []
  const expect = (at: string, what: string, name: string | null | undefined, known?: Iterable<string>): void => {
    if (name === null || name === undefined || known === undefined) return
    const names = [...known]
    if (names.includes(name)) return
    const near = nearestName(name, names)
    findings.push(
      found(
        'unresolved',
        at,
        `No existe ${what} «${name}»`,
        near ? `¿Quiso decir «${near}»?` : 'Créelo o corrija el nombre',
      ),
    )
  }
  const groups = context.groups && [...context.groups, ...builtinGroups]
  const services = context.services && [...builtinServices, ...context.services]
  const candidates = (at: string, list: ModelCandidate[]): void => {
    for (const { role, group } of list) {
      if (role !== '*') expect(at, 'el rol', role, context.roles)
      expect(at, 'el grupo', group, groups)
    }
  }
  const effects = (node: { id: string; name: string; effects: ModelEffect[] }): void => {
    for (const effect of node.effects) {
      if (effect.kind === 'setState') expect(node.id, 'el estado', effect.value, context.states)
      if (effect.kind !== 'notify') continue
      expect(node.id, 'la plantilla', effect.template, context.templates)
      findings.push(...checkRecipients(node, effect.to))
      for (const [, kind, name] of effect.to.matchAll(/\b(role|group):([\w-]+)/g))
        expect(node.id, kind === 'role' ? 'el rol' : 'el grupo', name, kind === 'role' ? context.roles : groups)
    }
  }
  expect(model.id, 'la entidad', model.entity, context.entities)
  expect(model.id, 'el estado', model.initialState, context.states)
  for (const node of model.nodes) {
    expect(node.id, 'el formulario', node.form, context.forms)
    expect(node.id, 'el formulario', node.public?.form ?? null, context.forms)
    expect(node.id, 'el rol', node.laneRole, context.roles)
    candidates(node.id, node.candidates)
    for (const escalation of node.escalations) {
      expect(node.id, 'el rol', escalation.role, context.roles)
      expect(node.id, 'el grupo', escalation.group, groups)
    }
    effects(node)
    if (node.call) expect(node.id, 'el proceso', node.call.process, context.processes)
    expect(node.id, 'la tabla de decisión', node.service?.decision, context.decisions)
    // Tasks, and the start: who began the case.
    const done = model.nodes.filter(({ type, parent }) => type === 'UserTask' || (type === 'StartEvent' && !parent))
    for (const step of node.notSameAs?.split(/\s+/) ?? [])
      expect(
        node.id,
        'la tarea',
        step,
        done.map(({ id }) => id),
      )
    findings.push(...checkService(node, services, context, expect))
  }
  for (const message of model.messages) {
    expect(message.id, 'el formulario', message.form, context.forms)
    candidates(message.id, message.candidates)
    effects({ ...message, name: message.label })
  }
  return findings
}

function checkService(
  node: ModelNode,
  services: string[] | undefined,
  context: LintContext,
  expect: (at: string, what: string, name: string, known?: Iterable<string>) => void,
): Finding[] {
  const { service } = node
  if (!service) return []
  if (service.name === null) return []
  const inline = service.mode === 'inline'
  // An inline service that is not built in is a pure function.
  const pure = context.pureServices ?? context.functions
  if (inline && localServices.includes(service.name)) return []
  if (inline && pure && !new Set(pure).has(service.name))
    return [
      found(
        'inline-service',
        node.id,
        `${label(node)}: el servicio «${service.name}» no puede ser inmediato`,
        'Quite «inmediato»: solo lo admiten los servicios de registros y las funciones puras',
      ),
    ]
  if (!inline) expect(node.id, 'el servicio', service.name, services)
  return []
}

const recipient =
  /^(assignee|candidates|starter|(role|group):[\w-]+|(user|party):[\w.]+|mail:(settings|record)\.[\w.]+)$/

function checkRecipients(node: { id: string; name: string }, to: string): Finding[] {
  const words = to.split(/[,|]/).map((word) => word.trim())
  return words
    .filter((word) => !recipient.test(word))
    .map((word) =>
      found(
        'recipient',
        node.id,
        `${label(node)}: el destinatario «${word}» no se entiende`,
        'Use assignee, candidates, starter, role:x, group:x, user:campo, party:campo o mail:settings.campo',
      ),
    )
}
