import type { FormSchema } from '#forms'
import type { Finding, StoryDefinition, StoryStep } from '../../types.ts'
import { demoAccounts } from '../../demoAccounts.ts'
import type { ProcessModel } from '../../bpmn/index.ts'
import { propertiesOf, type CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn, warningAt } from '../finding.ts'

const verbs = ['create', 'edit', 'delete', 'start', 'complete', 'message', 'request', 'wait'] as const

/** Stories: their users, tasks, outcomes and data names must exist, and together they should take every outcome. */
export function checkStories(input: CheckInput): Finding[] {
  const findings = Object.entries(input.pack.stories).flatMap(([key, story]) => checkStory(input, key, story))
  return [...findings, ...untakenOutcomes(input)]
}

function checkStory(input: CheckInput, key: string, story: StoryDefinition): Finding[] {
  const file = `stories/${key}.json`
  const findings: Finding[] = []
  const { pack, names, processes } = input
  const expect = expectIn(findings, file, 'story')
  const users = demoAccounts(pack).map((user) => user.email.split('@')[0] ?? '')
  const tasks = userTasks(processes)
  const saved = new Set<string>()
  story.steps.forEach((step, index) => {
    const at = `/steps/${index}`
    const used = verbs.filter((verb) => step[verb] !== undefined)
    if (used.length !== 1) {
      const message = used.length === 0 ? 'El paso no dice qué se hace' : `El paso hace dos cosas: ${used.join(' y ')}`
      findings.push(errorAt('story', file, at, message, `Ponga una de: ${verbs.join(', ')}`))
    }
    if (step.as !== undefined) expect(`${at}/as`, 'la persona de demostración', step.as, users)
    else if (step.wait === undefined)
      findings.push(errorAt('story', file, at, 'El paso no dice quién lo hace', 'Añada "as"'))
    for (const verb of ['create', 'edit', 'delete'] as const) {
      if (step[verb] !== undefined) expect(`${at}/${verb}`, 'la entidad', step[verb], names.entities)
    }
    if (step.start !== undefined) expect(`${at}/start`, 'el proceso', step.start, names.processes)
    if (step.message !== undefined) {
      const messages = Object.values(processes).flatMap((process) => process.messages.map((message) => message.id))
      expect(`${at}/message`, 'el mensaje', step.message, messages)
    }
    if (step.complete !== undefined) {
      expect(`${at}/complete`, 'la tarea', step.complete, tasks.keys())
      const outcomes = tasks.get(step.complete)
      if (outcomes && step.outcome !== undefined) expect(`${at}/outcome`, 'la respuesta', step.outcome, outcomes)
    }
    if (step.of !== undefined) expect(`${at}/of`, 'el nombre', step.of, saved)
    step.expect?.tasks?.forEach((task, place) => {
      expect(`${at}/expect/tasks/${place}/key`, 'la tarea', task.key, tasks.keys())
      if (task.for !== undefined)
        expect(`${at}/expect/tasks/${place}/for`, 'la persona de demostración', task.for, users)
    })
    step.expect?.mails?.forEach((mail, place) =>
      expect(`${at}/expect/mails/${place}/template`, 'la plantilla', mail.template, names.templates),
    )
    for (const [field, at2] of recordFieldsOf(step, at)) {
      const entity = step.create ?? step.edit
      const properties = entity === undefined ? undefined : pack.entities[entity]?.properties
      if (properties) expect(at2, 'el campo', field, Object.keys(properties))
    }
    if (step.save !== undefined) saved.add(step.save)
  })
  return findings
}

function recordFieldsOf(step: StoryStep, at: string): [string, string][] {
  return Object.keys(step.data ?? {}).map((field) => [field, `${at}/data/${field}`])
}

/** Task → its outcomes, over all processes. */
function userTasks(processes: Record<string, ProcessModel>): Map<string, string[]> {
  const tasks = Object.values(processes).flatMap((process) => process.nodes.filter((node) => node.type === 'UserTask'))
  return new Map(tasks.map((node) => [node.id, node.outcomes.map((outcome) => outcome.key)]))
}

/** A pack with stories should show every way through its processes; without any, nothing is promised. */
function untakenOutcomes({ pack, processes }: CheckInput): Finding[] {
  const steps = Object.values(pack.stories).flatMap((story) => story.steps)
  if (steps.length === 0) return []
  const taken = new Set(steps.map((step) => `${step.complete ?? ''}:${step.outcome ?? ''}`))
  return Object.entries(processes).flatMap(([key, process]) =>
    process.nodes.flatMap((node) =>
      node.outcomes
        .filter((outcome) => node.outcomes.length > 1 && !taken.has(`${node.id}:${outcome.key}`))
        .filter((outcome) => !isSwitchedOff(outcome.when, pack.manifest.settings))
        .map((outcome) => {
          const message = `Ninguna historia elige «${outcome.label}» en «${node.name}»`
          return warningAt('story', `processes/${key}.bpmn`, node.id, message, 'Añada una historia que pase por ahí')
        }),
    ),
  )
}

/** Whether an outcome depends on one switch of Configuración that is off unless somebody turns it on. */
function isSwitchedOff(when: string | null, settings: FormSchema | undefined): boolean {
  const path = /^settings\.([\w.]+)( = true)?$/.exec(when ?? '')?.[1]
  return propertiesOf(settings ?? {}).some((place) => place.path === path && place.schema.default === false)
}
