import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import ts from 'typescript'
import { checkImport, readDoors, rooms } from '../lint/importRule.mjs'

const root = resolve(import.meta.dirname, '..')
const doors = readDoors(root)

interface Import {
  specifier: string
  isTypeOnly: boolean
}

/** The code of the rooms; tests may know everything. */
const files = rooms
  .filter((room) => existsSync(join(root, room)))
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$|\.d\.ts$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const imports = new Map(files.map((file) => [file, importsOf(file)]))
/** Texts for people in Spanish, and the embedded store: a database, whose "planner" plans queries. */
const hasOwnWords = /^(ui\/texts\/|ui\/studio\/diagram\/spanish\.ts|engine\/persistence\/embedded\/)/
const short = (file: string): string => relative(root, file)

describe('the rooms', () => {
  it('have doors that lead somewhere', () => {
    expect(Object.values(doors).filter((target) => !existsSync(join(root, target)))).toEqual([])
  })

  it('import to their left only, through the doors', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .map((found) => checkImport({ root, doors, file, ...found }))
        .filter((message) => message !== null)
        .map((message) => `${short(file)}: ${message}`),
    )
    expect(wrong).toEqual([])
  })

  it('hold no import cycle', () => {
    expect(findCycles().map((cycle) => cycle.map(short).join(' → '))).toEqual([])
  })

  it('know no name of any pack: entities and roles are data', () => {
    const names = packNames()
    expect(names).not.toHaveLength(0)
    const word = new RegExp(`(?<![a-z])(${names.join('|')})(?![a-z])`, 'i')
    const found = files
      .filter((file) => /^(engine|forms|ui)\//.test(short(file)) && !hasOwnWords.test(short(file)))
      .flatMap((file) =>
        tokensOf(file).flatMap(
          (token) =>
            word
              .exec(token)
              ?.slice(1, 2)
              .map((name) => `${short(file)}: ${name}`) ?? [],
        ),
      )
    expect(found).toEqual([])
  })

  it('stop an import that climbs, skips a door, or brings a package where it does not belong', () => {
    const check = (file: string, specifier: string) =>
      checkImport({ root, doors, file: join(root, file), specifier, isTypeOnly: false })
    expect(check('engine/records/a.ts', '../tasks/b.ts')).toMatch('stands above it')
    expect(check('engine/tasks/a.ts', '../records/b.ts')).toBeNull()
    expect(check('engine/tasks/a.ts', '../../forms/index.ts')).toMatch('use a door')
    expect(check('engine/tasks/a.ts', '#forms/secret')).toMatch('is not a door')
    expect(check('forms/validation/a.ts', '#engine/contract')).toMatch('rooms import to their left only')
    expect(check('forms/validation/a.ts', 'node:fs')).toMatch('also runs in a browser')
    expect(check('forms/compile/a.ts', 'node:fs')).toBeNull()
    expect(check('engine/tasks/a.ts', 'mongoose')).toMatch('engine/persistence')
    expect(check('engine/bpmn/a.ts', '../errors.ts')).toMatch('reaches only')
    expect(check('plugins/igv/a.ts', '../ruc/b.ts')).toMatch('must not know another')
    expect(check('ui/client/a.ts', '../kit/b.tsx')).toMatch('stands above it')
    expect(check('ui/portal/a.ts', '../studio/b.tsx')).toMatch('must not know each other')
    expect(check('ui/kit/a.ts', '#definitions/pack')).toMatch('also runs in a browser')
  })
})

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, sources.get(file) ?? '', ts.ScriptTarget.ESNext, false)
  const found: Import[] = []
  const add = (node: ts.Node | undefined, isTypeOnly: boolean): void => {
    if (node && ts.isStringLiteral(node)) found.push({ specifier: node.text, isTypeOnly })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Groups of files that reach each other (Tarjan's strongly connected components), by what is left when they run. */
function findCycles(): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const cycles: string[][] = []
  const visit = (file: string): void => {
    const own = index.size
    index.set(file, own)
    low.set(file, own)
    stack.push(file)
    for (const next of targetsOf(file)) {
      if (!index.has(next)) {
        visit(next)
        low.set(file, Math.min(low.get(file) ?? own, low.get(next) ?? own))
      } else if (stack.includes(next)) {
        low.set(file, Math.min(low.get(file) ?? own, index.get(next) ?? own))
      }
    }
    if (low.get(file) !== own) return
    const group = stack.splice(stack.indexOf(file))
    if (group.length > 1 || targetsOf(file).includes(file)) cycles.push(group)
  }
  for (const file of files) if (!index.has(file)) visit(file)
  return cycles
}

function targetsOf(file: string): string[] {
  return (imports.get(file) ?? [])
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ specifier }) =>
      specifier.startsWith('.') ? resolve(dirname(file), specifier) : join(root, doors[specifier] ?? '-'),
    )
    .filter((target) => sources.has(target))
}

/** Keys of entities and roles of the packs in definitions/. */
/** What a pack may call an entity and messages must say all the same: the person who signs in. */
const plainWords = new Set(['usuario'])

function packNames(): string[] {
  const packs = readdirSync(join(root, 'definitions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'definitions', entry.name, 'pack.json')))
    .map((entry) => join(root, 'definitions', entry.name))
  const entities = packs.flatMap((pack) =>
    readdirSync(join(pack, 'entities')).map((name) => name.replace(/\.json$/, '')),
  )
  const roles = packs.flatMap((pack) => {
    const file = JSON.parse(readFileSync(join(pack, 'roles.json'), 'utf8')) as { roles: Record<string, unknown> }
    return Object.keys(file.roles)
  })
  const names = [...new Set([...entities, ...roles])].filter((name) => !plainWords.has(name))
  return names.flatMap((name) => [name, `${name}s`, `${name}es`])
}

/** Words, numbers and texts of a file: what is left without comments. */
function tokensOf(file: string): string[] {
  const isTsx = file.endsWith('x')
  const source = ts.createSourceFile(
    file,
    sources.get(file) ?? '',
    ts.ScriptTarget.ESNext,
    false,
    isTsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )
  const tokens: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isJsxText(node)) tokens.push(node.text)
    else if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) tokens.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return tokens
}
