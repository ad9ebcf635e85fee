import * as formats from 'ajv-formats/dist/formats.js'
import * as equal from 'ajv/dist/runtime/equal.js'
import * as ucs2length from 'ajv/dist/runtime/ucs2length.js'
import type { CompiledValidator } from '../types.ts'

/** What a validator module exports by default: it gets its few helpers from outside and makes the validator. */
export type ValidatorFactory = (require: (name: string) => unknown) => CompiledValidator

/** Everything the code of a validator may ask for. */
const MODULES = new Map<string, unknown>([
  ['ajv/dist/runtime/equal', commonJs(equal)],
  ['ajv/dist/runtime/ucs2length', commonJs(ucs2length)],
  ['ajv-formats/dist/formats', commonJs(formats)],
])

/**
 * Makes the validator of a module that `compileValidator` wrote; nothing is evaluated from text, so it works
 * under `script-src 'self'`.
 * @throws Error when the code asks for anything but Ajv's own helpers
 */
export function instantiateValidator(factory: ValidatorFactory): CompiledValidator {
  return factory((name) => {
    const module = MODULES.get(name)
    if (!module) throw new Error(`A validator may not use "${name}"`)
    return module
  })
}

/** The CommonJS exports object, however Node or a bundler wraps it. */
function commonJs(namespace: object): unknown {
  let exports: unknown = namespace
  for (let depth = 0; depth < 2; depth++) {
    const inner = (exports as { default?: unknown }).default
    if (typeof inner !== 'object' || inner === null) break
    exports = inner
  }
  return exports
}
