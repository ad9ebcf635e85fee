import { FormModelError } from '../schema/FormModelError.ts'
import type { FormField } from './FormModel.ts'

/**
 * Paths in an order in which every field comes after those its visibility, proposal or formula reads; the
 * order of the schema where that leaves a choice.
 * @param root what the paths hang from in expressions: the form (`value`, `form`) or a `row`
 * @throws FormModelError naming the circle
 */
export function orderFields(fields: FormField[], root: 'value' | 'row' = 'value'): string[] {
  const byPath = new Map(fields.map((field) => [field.path, field]))
  const done = new Set<string>()
  const open: string[] = []
  const order: string[] = []

  const visit = (field: FormField) => {
    if (done.has(field.path)) return
    const start = open.indexOf(field.path)
    if (start >= 0) throw circle([...open.slice(start), field.path], byPath)
    open.push(field.path)
    for (const other of neededBy(field, fields, root)) visit(other)
    open.pop()
    done.add(field.path)
    order.push(field.path)
  }
  for (const field of fields) visit(field)
  return order
}

function neededBy(field: FormField, fields: FormField[], root: 'value' | 'row'): FormField[] {
  const paths = readPaths(field, root)
  return fields.filter((other) => {
    if (other !== field && field.path.startsWith(`${other.path}.`)) return true
    return paths.some((path) => reaches(path, other, field))
  })
}

function reaches(path: string, other: FormField, field: FormField): boolean {
  if (path === other.path || path.startsWith(`${other.path}.`)) {
    // A group is only the frame of its fields: reading inside it does not wait for its other fields.
    return !other.group || path === other.path
  }
  // A path to a group, or to everything, reads the fields inside it.
  return other !== field && (path === '' || other.path.startsWith(`${path}.`))
}

function readPaths(field: FormField, root: 'value' | 'row'): string[] {
  const expressions = [...field.visibleWhen, field.computed?.expression, field.proposal]
  const rowExpressions =
    field.rows?.fields.flatMap((row) => [...row.visibleWhen, row.computed?.expression, row.proposal]) ?? []
  const roots = root === 'row' ? ['row'] : ['value', 'form', 'ref']
  const own = expressions.flatMap((expression) => expression?.paths ?? [])
  // Rows that read the list they are in see it as it is, not as it will be.
  const ofRows = rowExpressions
    .flatMap((expression) => expression?.paths ?? [])
    .filter((path) => !reachesList(path, field.path))
  const watched = (field.computed?.moments ?? []).flatMap((moment) => (moment.on === 'change' ? [moment.field] : []))
  const read = [...own, ...ofRows].flatMap((path) => {
    const [first, ...rest] = path.split('.')
    if (!roots.includes(first!)) return []
    return [first === 'ref' ? (rest[0] ?? '') : rest.join('.')]
  })
  return [...watched, ...read]
}

function reachesList(path: string, list: string): boolean {
  const rest = path.split('.').slice(1).join('.')
  return rest === '' || rest === list || rest.startsWith(`${list}.`)
}

function circle(paths: string[], byPath: Map<string, FormField>): FormModelError {
  const [first] = paths
  const field = byPath.get(first!)!
  const word = field.computed ? 'x-computed' : field.proposal ? 'x-default' : 'x-visible-when'
  return new FormModelError(
    `properties.${field.path.replaceAll('.', '.properties.')}.${word}`,
    `Círculo: ${paths.join(' → ')}`,
  )
}
