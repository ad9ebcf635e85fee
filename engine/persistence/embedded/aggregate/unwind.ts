import { isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { copyValue } from '../update/copyValue.ts'
import { getAt, setAt, unsetAt } from '../update/path.ts'
import type { PipelineContext, Stage } from './stage.ts'

/** `$unwind`: a document per element. */
export function compileUnwind(spec: Value, _context: PipelineContext): Stage {
  const path = isDoc(spec) ? spec.get('path') : spec
  if (typeof path !== 'string') throw new StoreError(28808, 'expected a string as the path for $unwind stage')
  if (!path.startsWith('$') || path.length < 2)
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  const keepEmpty = isDoc(spec) && spec.get('preserveNullAndEmptyArrays') === true
  const indexName = isDoc(spec) ? spec.get('includeArrayIndex') : undefined
  if (isDoc(spec))
    for (const name of spec.keys())
      if (!['path', 'preserveNullAndEmptyArrays', 'includeArrayIndex'].includes(name))
        throw new StoreError(28811, `unrecognized option to $unwind stage: ${name}`)
  const parts = path.slice(1).split('.')
  const withIndex = (document: Doc, index: bigint | null): Doc => {
    if (typeof indexName === 'string') setAt(document, indexName.split('.'), index)
    return document
  }
  return function* (input) {
    for (const document of input) {
      const value = getAt(document, parts)
      if (!Array.isArray(value)) {
        if (value !== undefined && value !== null) yield withIndex(copyTop(document), null)
        else if (keepEmpty) yield withIndex(copyTop(document), null)
        continue
      }
      if (value.length === 0 && keepEmpty) {
        const copy = copyValue(document) as Doc
        unsetAt(copy, parts)
        yield withIndex(copy, null)
      }
      for (let index = 0; index < value.length; index++) {
        const copy = copyPath(document, parts)
        setAt(copy, parts, value[index]!)
        yield withIndex(copy, BigInt(index))
      }
    }
  }
}

const copyTop = (document: Doc): Doc => new Map(document)

/** Copies only the documents along the path; the rest is shared. */
function copyPath(document: Doc, parts: string[]): Doc {
  const copy = new Map(document)
  if (parts.length > 1) {
    const inner = copy.get(parts[0]!)
    if (isDoc(inner)) copy.set(parts[0]!, copyPath(inner, parts.slice(1)))
  }
  return copy
}
