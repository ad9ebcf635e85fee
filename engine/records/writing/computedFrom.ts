import { compileExpression, ExpressionError, type FormSchema } from '#forms'
import { packsOf, type InstalledPack } from '../../packs/index.ts'
import type { Ctx } from '../../context.ts'
import { referenceOf, USER_ENTITY } from '../schema/annotations.ts'

/** Records of `entity` hold something computed from a field of another record. */
export interface ComputedFrom {
  entity: string
  /** The reference by which they reach it, or the row that refers to it (`middle`). */
  via: string
  /** The row between them: its entity, and its reference. Null: they refer to the record themselves. */
  middle: { entity: string; via: string } | null
  /** Whose field it is, and which. */
  target: string
  field: string
}

const known = new WeakMap<InstalledPack, ComputedFrom[]>()

/** What is stored elsewhere of the records of an entity: by `x-computed` values that are always computed. */
export async function computedFrom(ctx: Ctx, target: string): Promise<ComputedFrom[]> {
  const packs = await packsOf(ctx).all(ctx)
  return packs.flatMap((installed) => dependenciesOf(installed, packs)).filter((one) => one.target === target)
}

function dependenciesOf(installed: InstalledPack, packs: InstalledPack[]): ComputedFrom[] {
  let found = known.get(installed)
  if (!found) {
    found = Object.entries(installed.pack.entities).flatMap(([entity, definition]) =>
      formulasIn(definition).flatMap((text) => readsOf(text, entity, definition, packs)),
    )
    known.set(installed, found)
  }
  return found
}

/** Formulas whose result is stored and always follows; those of the rows of sub-lists too. */
export function formulasIn(schema: FormSchema): string[] {
  return Object.values(schema.properties ?? {}).flatMap((property) => {
    const given = property['x-computed'] as string | { value?: string; on?: string | string[] } | undefined
    const isAlways = typeof given === 'object' ? [given.on ?? 'always'].flat().includes('always') : true
    const text = typeof given === 'object' ? given.value : given
    const inner = formulasIn(property.items ?? property)
    return text !== undefined && isAlways ? [text, ...inner] : inner
  })
}

function readsOf(text: string, entity: string, definition: FormSchema, packs: InstalledPack[]): ComputedFrom[] {
  return pathsOf(text).flatMap((path) => {
    const [root, via = '', field = '', second = '', last = ''] = path.split('.')
    const near = root === 'ref' ? referenceOf(definition.properties?.[via])?.entity : undefined
    if (near === undefined || near === USER_ENTITY || field === '') return []
    if (field !== 'ref') return [{ entity, via, middle: null, target: near, field }]
    const between = packs.map(({ pack }) => pack.entities[near]).find((one) => one !== undefined)
    const far = referenceOf(between?.properties[second])?.entity
    const moved: ComputedFrom = { entity, via, middle: null, target: near, field: second }
    if (far === undefined || far === USER_ENTITY || last === '') return [moved]
    return [moved, { entity, via, middle: { entity: near, via: second }, target: far, field: last }]
  })
}

export function pathsOf(text: string): string[] {
  try {
    return compileExpression(text).paths
  } catch (error) {
    if (error instanceof ExpressionError) return []
    throw error
  }
}
