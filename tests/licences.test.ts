import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = resolve(import.meta.dirname, '..')

interface LockedPackage {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>
}

/** Licences that let a closed product be built on them. An `OR` is fine when one of its sides is. */
const permissive = new Set([
  'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Python-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'CC-BY-4.0', 'Zlib', 'PSF-2.0',
]) // prettier-ignore

/** Read one by one; docs/licences.md says what each asks for. */
const exceptions: Record<string, string> = {
  // Its README says MIT.
  'cli-table': 'none named',
  // Its LICENSE file is MIT's.
  'png-js': 'none named',
  'bpmn-js': 'SEE LICENSE IN LICENSE',
  'date-holidays': '(ISC AND CC-BY-3.0)',
}

describe('what is shipped', () => {
  it('is under licences that allow it: the server’s tree and what the pages bundle', () => {
    const refused = [...shipped()]
      .filter((path) => !isAllowed(path))
      .map((path) => `${nameOf(path)}@${packages[path]?.version ?? '?'}: ${licenceOf(path)}`)
    expect(refused).toEqual([])
  })
})

/** The image library's native parts are linked to, unchanged, as the LGPL allows; nothing else of that licence is. */
const dynamicallyLinked = (path: string, licence: string): boolean =>
  nameOf(path).startsWith('@img/sharp-') && licence.includes('LGPL-3.0-or-later')

function isAllowed(path: string): boolean {
  const licence = licenceOf(path)
  if (dynamicallyLinked(path, licence)) return true
  if (exceptions[nameOf(path)] === licence) return true
  const sides = licence.replace(/[()]/g, '').split(' OR ')
  return sides.some((side) => side.split(' AND ').every((name) => permissive.has(name.trim())))
}

function licenceOf(path: string): string {
  const locked = packages[path]?.license
  if (locked) return locked
  // Old packages name theirs in other shapes.
  const { license, licenses } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
    license?: string | { type: string }
    licenses?: { type: string }[]
  }
  return (
    (typeof license === 'object' ? license.type : license) ??
    licenses?.map(({ type }) => type).join(' OR ') ??
    'none named'
  )
}

/** Everything `npm install --omit=dev` brings, and everything the pages import, with what those need. */
function shipped(): Set<string> {
  const found = new Set(Object.keys(packages).filter((path) => path !== '' && !packages[path]?.dev))
  const waiting = [...pageImports()].map((name) => `node_modules/${name}`).filter((path) => path in packages)
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const { dependencies, peerDependencies } = packages[path] ?? {}
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      const target = locate(path, name)
      if (target) waiting.push(target)
    }
  }
  return found
}

/** Node's way of finding a package: beside, then outwards. */
function locate(from: string, name: string): string | null {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (candidate in packages) return candidate
    if (at === '') return null
  }
}

function pageImports(): Set<string> {
  const names = new Set<string>()
  for (const entry of readdirSync(join(root, 'ui'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(tsx?|css)$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const [, specifier = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'".#][^'"]*)['"]/g)) {
      names.add(
        specifier
          .split('/')
          .slice(0, specifier.startsWith('@') ? 2 : 1)
          .join('/'),
      )
    }
  }
  return names
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}
