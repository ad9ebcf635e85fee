import eslint from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import { createNodeResolver, importX } from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import globals from 'globals'
import typescript from 'typescript-eslint'
import { roomsPlugin } from './lint/roomsPlugin.mjs'

const code = ['**/*.{ts,tsx}']
const tests = ['**/*.test.{ts,tsx}', 'tests/**', 'bench/**']

/**
 * lmdb commits when the callback of transactionSync returns: what a promise still writes comes too late, and the
 * process may never end. So: a block, nothing asynchronous, and the Sync writers.
 */
const lmdbTraps = [
  {
    selector:
      "CallExpression[callee.property.name='transactionSync'] > :matches(ArrowFunctionExpression, FunctionExpression)[async=true]",
    message: 'transactionSync commits before an async callback has written.',
  },
  {
    selector:
      "CallExpression[callee.property.name='transactionSync'] > ArrowFunctionExpression[body.type!='BlockStatement']",
    message:
      'transactionSync takes a block: an expression may return a promise, and nothing would be committed in time.',
  },
  {
    selector:
      "CallExpression[callee.property.name='transactionSync'] CallExpression[callee.property.name=/^(put|remove)$/]",
    message: 'Inside transactionSync write with putSync and removeSync.',
  },
]

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.cache/', 'data/', 'node_modules/', '**/generated/', '**/*.d.mts']),
  eslint.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: code,
    extends: [typescript.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX, rooms: roomsPlugin },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    rules: {
      'rooms/imports': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-restricted-syntax': ['error', ...lmdbTraps],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // With noUncheckedIndexedAccess, `!` is how one says that an index was checked.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // These read well and hide nothing.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // Slow, and what a library will drop in its next major is read in its release notes.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  {
    files: ['ui/**/*.{ts,tsx}', 'plugins/**/*.tsx'],
    // The two rules about hooks themselves; the others prepare for a compiler that is not used here.
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // An event handler may be async: what it rejects with is shown by the query client.
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
  {
    // Programs for the terminal speak to it.
    files: ['**/*.cli.ts', 'engine/runMain.ts', 'engine/persistence/embedded/main.ts', ...tests],
    rules: { 'no-console': 'off' },
  },
  {
    files: tests,
    rules: {
      // Answers of the server and rows of a table of cases come as `any`; the assertions are what checks them.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
)
