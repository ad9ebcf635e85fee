import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, unknownName, warningAt } from '../finding.ts'
import { rightsOf, subjectsIn, thingsIn } from './rightsOf.ts'

/** What the matrix may not change: fixed rules that name what exists and are not contradicted, and separated duties. */
export function checkDuties(input: CheckInput): Finding[] {
  return [...checkFixed(input), ...checkSeparate(input)]
}

function checkFixed(input: CheckInput): Finding[] {
  const { can, fixed = [] } = input.pack.roles
  const findings: Finding[] = []
  fixed.forEach((rule, index) => {
    const at = `/fixed/${index}`
    const things = thingsIn(input)
    findings.push(...unknown(`${at}/thing`, 'la entidad o el proceso', [rule.thing], things))
    if (things.includes(rule.thing))
      findings.push(...unknown(`${at}/action`, 'la acción', rule.action.split(/\s+/), rightsOf(input, rule.thing)))
    findings.push(...unknown(`${at}/only`, 'el rol o grupo', rule.only, subjectsIn(input)))
    for (const [subject, actions] of Object.entries(can[rule.thing] ?? {})) {
      const given = actions.split(/\s+/).filter((action) => rule.action.split(/\s+/).includes(action))
      if (given.length === 0 || rule.only.includes(subject)) continue
      const cure = `Quite «${given.join(' ')}» o añada el rol a "only"`
      findings.push(
        errorAt(
          'matrix',
          'roles.json',
          `/can/${rule.thing}/${subject}`,
          `Contradice una regla fija (${rule.because})`,
          cure,
        ),
      )
    }
  })
  return findings
}

function checkSeparate(input: CheckInput): Finding[] {
  const findings: Finding[] = []
  input.pack.roles.separate?.forEach((rule, index) => {
    const [first = '', firstAction = ''] = rule.first.split('.')
    const [then = '', thenAction = ''] = rule.then.split('.')
    const at = `/separate/${index}`
    findings.push(...unknown(`${at}/first`, 'la entidad', [first], [...input.names.entities]))
    if (first !== then) {
      const message = 'Se separan dos pasos de un mismo registro'
      findings.push(errorAt('matrix', 'roles.json', `${at}/then`, message, `Use «${first}.…» en los dos`))
      return
    }
    const tasks = tasksOf(input, first)
    findings.push(...unknown(`${at}/first`, 'el paso', [firstAction], ['create', 'edit', ...tasks]))
    findings.push(...unknown(`${at}/then`, 'el paso', [thenAction], rightsOf(input, first)))
    const creators = Object.entries(input.pack.roles.can[first] ?? {}).filter(([, text]) =>
      text.split(/\s+/).includes('create'),
    )
    if (firstAction === 'create' && creators.length === 0 && tasks.length === 0)
      findings.push(warningAt('matrix', 'roles.json', `${at}/first`, 'Nadie hace el primer paso', 'Revise la regla'))
  })
  return findings
}

function tasksOf({ processes }: CheckInput, entity: string): string[] {
  return Object.values(processes)
    .filter((process) => process.entity === entity)
    .flatMap((process) => process.nodes.map((node) => node.id))
}

function unknown(at: string, kind: string, names: string[], known: string[]): Finding[] {
  return names.filter((name) => !known.includes(name)).map((name) => unknownName('roles.json', at, kind, name, known))
}
