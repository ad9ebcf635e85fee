import { compileExpression } from '#forms'
import { readFact } from '../../readFact.ts'
import type { EntityDefinition, FactDefinition, Finding } from '../../types.ts'
import { referredEntity, type CheckInput } from '../CheckInput.ts'
import { errorAt } from '../finding.ts'

type Graph = Map<string, string[]>

/** Things that would need themselves: computed and proposed values, deletions in cascade, packs. */
export function checkCycles({ pack }: CheckInput): Finding[] {
  const findings: Finding[] = []
  for (const [key, entity] of Object.entries(pack.entities)) {
    const cycle = findCycle(valueGraph(entity))
    if (!cycle) continue
    const cure = 'Quite una de las dependencias'
    const at = `/properties/${cycle[0]}`
    findings.push(errorAt('cycle', `entities/${key}.json`, at, `Se calculan uno del otro: ${cycle.join(' → ')}`, cure))
  }
  const deletions: Graph = new Map()
  for (const [key, entity] of Object.entries(pack.entities)) {
    for (const property of Object.values(entity.properties)) {
      const ref = property['x-ref'] as { onDelete?: string } | string | undefined
      const target = referredEntity(property)
      if (typeof ref !== 'object' || ref.onDelete !== 'cascade' || target === null) continue
      deletions.set(target, [...(deletions.get(target) ?? []), key])
    }
  }
  const cascade = findCycle(deletions)
  if (cascade) {
    const cure = 'Use "restrict" o "clear" en uno de los campos'
    findings.push(
      errorAt('cycle', `entities/${cascade[0]}.json`, '', `Se borran en círculo: ${cascade.join(' → ')}`, cure),
    )
  }
  if (pack.manifest.requires?.includes(pack.manifest.name)) {
    findings.push(
      errorAt('cycle', 'pack.json', '/requires', 'El paquete se requiere a sí mismo', 'Quítelo de "requires"'),
    )
  }
  return findings
}

/** field → fields whose value it is made of. */
function valueGraph(entity: EntityDefinition): Graph {
  const graph: Graph = new Map()
  for (const [name, property] of Object.entries(entity.properties)) {
    const computed = property['x-computed'] as string | { value?: unknown } | undefined
    const texts = [typeof computed === 'object' ? computed.value : computed, property['x-default']]
    graph.set(
      name,
      texts.flatMap((text) => (typeof text === 'string' ? fieldsRead(text, entity['x-facts'] ?? {}) : [])),
    )
  }
  return graph
}

/**
 * Fields of the value being edited that an expression reads: a reference field for what is read through it, and for a
 * fact those that its own rule reads.
 */
function fieldsRead(text: string, facts: Record<string, FactDefinition>): string[] {
  let paths: string[]
  try {
    paths = compileExpression(text).paths
  } catch {
    return [] // reported by the check of expressions
  }
  return paths.flatMap((path) => {
    const [root, name = ''] = path.split('.')
    if (root === 'value' || root === 'ref') return [name]
    const fact = root === 'facts' && Object.hasOwn(facts, name) ? facts[name] : undefined
    const inputs = (fact && readFact(fact)?.inputs) ?? []
    return inputs.flatMap((input) => (input.startsWith('value.') ? [input.split('.')[1] ?? ''] : []))
  })
}

/** The first cycle found, with its start repeated at the end; null when there is none. */
export function findCycle(graph: Graph): string[] | null {
  const done = new Set<string>()
  const visit = (node: string, path: string[]): string[] | null => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return null
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node])
      if (cycle) return cycle
    }
    done.add(node)
    return null
  }
  for (const node of graph.keys()) {
    const cycle = visit(node, [])
    if (cycle) return cycle
  }
  return null
}
