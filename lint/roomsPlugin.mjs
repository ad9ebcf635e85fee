// The room rules as an ESLint rule.
import { fileURLToPath } from 'node:url'
import { checkImport, readDoors } from './importRule.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const doors = readDoors(root)

/** @type {import('eslint').Rule.RuleModule} */
const imports = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (source, isTypeOnly) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return
      const message = checkImport({ root, doors, file: context.filename, specifier: source.value, isTypeOnly })
      if (message) context.report({ node: source, message })
    }
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
    }
  },
}

export const roomsPlugin = { rules: { imports } }
