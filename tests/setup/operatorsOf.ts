import { decode } from '../../engine/persistence/embedded/bson/decode.ts'
import { isDoc, RawDoc, type Doc, type Value } from '../../engine/persistence/embedded/bson/values.ts'

/** Where an operator stands decides what it means. */
export type Place =
  | 'Commands'
  | 'Filters'
  | 'Updates'
  | 'Update paths'
  | 'Projections'
  | 'Stages'
  | 'Accumulators'
  | 'Expressions'
  | 'Index options'

/** Calls `note` for everything a command asks the store to understand. */
export function operatorsOf(command: Doc, note: (place: Place, name: string) => void): void {
  const name = command.keys().next().value!
  note('Commands', name)
  const read = new Reader(note)
  const part = (field: string): Doc | undefined => asDoc(command.get(field))
  const list = (field: string): Doc[] => ((command.get(field) ?? []) as Value[]).map((item) => asDoc(item)!)
  switch (name) {
    case 'find':
      read.filter(part('filter'))
      read.projection(part('projection'))
      break
    case 'count':
    case 'distinct':
      read.filter(part('query'))
      break
    case 'findAndModify':
      read.filter(part('query'))
      read.update(command.get('update'))
      read.projection(part('fields'))
      break
    case 'update':
      for (const statement of list('updates')) {
        read.filter(asDoc(statement.get('q')))
        read.update(statement.get('u'))
        for (const filter of (statement.get('arrayFilters') ?? []) as Value[]) read.filter(asDoc(filter))
      }
      break
    case 'delete':
      for (const statement of list('deletes')) {
        read.filter(asDoc(statement.get('q')))
      }
      break
    case 'aggregate':
      read.pipeline(command.get('pipeline'))
      break
    case 'createIndexes':
      for (const index of list('indexes')) read.index(index)
      break
    default:
  }
}

const asDoc = (value: Value | undefined): Doc | undefined =>
  value instanceof RawDoc ? decode(value.bytes) : isDoc(value) ? value : undefined

class Reader {
  constructor(private readonly note: (place: Place, name: string) => void) {}

  filter(filter: Doc | undefined): void {
    for (const [name, value] of filter ?? []) {
      if (name === '$expr') {
        this.note('Filters', name)
        this.expression(value)
      } else {
        if (name.startsWith('$')) this.note('Filters', name)
        for (const item of Array.isArray(value) ? value : [value]) this.filter(asDoc(item))
      }
    }
  }

  update(update: Value | undefined): void {
    if (Array.isArray(update)) return this.pipeline(update)
    for (const [name, value] of asDoc(update) ?? []) {
      if (!name.startsWith('$')) return
      this.note('Updates', name)
      for (const [path, operand] of asDoc(value) ?? []) {
        for (const part of path.split('.')) if (part.startsWith('$')) this.note('Update paths', shape(part))
        if (name === '$pull') this.filter(asDoc(operand))
        else
          for (const modifier of asDoc(operand)?.keys() ?? [])
            if (modifier.startsWith('$')) this.note('Updates', modifier)
      }
    }
  }

  projection(projection: Doc | undefined): void {
    for (const [path, value] of projection ?? []) {
      if (path.endsWith('.$')) this.note('Projections', '$')
      const [name, operand] = asDoc(value)?.entries().next().value ?? []
      if (name === '$elemMatch' || name === '$slice') {
        this.note('Projections', name)
        if (name === '$elemMatch') this.filter(asDoc(operand))
      } else this.expression(value)
    }
  }

  pipeline(stages: Value | undefined): void {
    for (const stage of (stages ?? []) as Value[]) {
      const [name, spec] = [...asDoc(stage)!][0]!
      this.note('Stages', name)
      if (name === '$match') this.filter(asDoc(spec))
      else if (name === '$group' || name === '$bucket' || name === '$bucketAuto') this.group(asDoc(spec)!)
      else if (name === '$lookup' || name === '$unionWith') {
        this.pipeline(asDoc(spec)?.get('pipeline'))
        this.expression(asDoc(spec)?.get('let'))
      } else if (name === '$facet') for (const facet of asDoc(spec)!.values()) this.pipeline(facet)
      else if (name !== '$sort') this.expression(spec)
    }
  }

  private group(spec: Doc): void {
    for (const [field, value] of spec) {
      if (field === '_id' || field === 'groupBy') this.expression(value)
      else
        for (const [accumulator, operand] of asDoc(value) ?? []) {
          this.note('Accumulators', accumulator)
          this.expression(operand)
        }
    }
  }

  private expression(value: Value | undefined): void {
    if (Array.isArray(value)) for (const item of value) this.expression(item)
    for (const [name, operand] of asDoc(value) ?? []) {
      if (name.startsWith('$')) this.note('Expressions', name)
      if (name !== '$literal') this.expression(operand)
    }
  }

  index(spec: Doc): void {
    for (const [option, value] of spec) {
      if (option === 'key') {
        for (const direction of asDoc(value)!.values())
          if (typeof direction === 'string') this.note('Index options', direction)
      } else this.note('Index options', option)
      if (option === 'partialFilterExpression') this.filter(asDoc(value))
    }
  }
}

const shape = (part: string): string => (part === '$' || part === '$[]' ? part : '$[id]')
