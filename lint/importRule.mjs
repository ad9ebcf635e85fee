// What may import what: the one statement of it, read by the linter and by tests/rooms.test.ts.
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** Left to right: a file imports from its own room and from those before it. */
export const rooms = ['forms', 'definitions', 'plugins', 'engine', 'ui']

/**
 * The parts of the engine, downward only; parts of one row do not know each other, but for what `siblings` says. The
 * last row is the files beside the folders.
 */
const engineRows = [
  ['main', 'runMain', 'prepareInstallation', 'releaseMemory'],
  ['http'],
  ['jobs'],
  ['rehearsal'],
  ['publishing'],
  ['personal'],
  ['tasks'],
  ['exportJobs'],
  ['processes', 'actions', 'imports', 'reports', 'auditReport'],
  ['records'],
  ['access'],
  ['notify'],
  ['packs'],
  ['bpmn', 'host', 'files', 'substitution', 'exports'],
  ['audit'],
  ['persistence'],
  [
    'context',
    'config',
    'contract',
    'errors',
    'claim',
    'clock',
    'order',
    'outboxRow',
    'kept',
    'fresh',
    'metrics',
    'encryption',
  ],
]
const uiRows = [['studio', 'workspace', 'inbox', 'portal'], ['kit'], ['client'], ['texts']]
const siblings = {
  // Files beside the engine's folders may use each other, and the shells of the pages show the inbox and the studio.
  engine: (from, to) => [engineRows[0], engineRows.at(-1)].some((row) => row.includes(from) && row.includes(to)),
  ui: (from, to) => to === 'inbox' || (from === 'workspace' && to === 'studio'),
}

/** Packages that only one place may know. */
const owners = [
  {
    packages: /^(mongoose|mongodb)$/,
    only: /^engine\/persistence\//,
    why: 'the database is reached through engine/persistence',
  },
  { packages: /^lmdb$/, only: /^engine\/persistence\/embedded\//, why: 'only the embedded store writes to disk' },
  { packages: /^bpmn-(engine|elements)$/, only: /^engine\/bpmn\//, why: 'processes run through engine/bpmn' },
  { packages: /^react(-dom)?(\/.*)?$/, only: /^(ui|plugins)\//, why: 'only pages draw' },
  {
    packages: /^ajv$/,
    only: /^(?!ui\/)/,
    why: 'a page gets its validator compiled (no eval under the content policy)',
  },
]
/** Parts that also run in a browser: nothing of Node there. */
const browserSafe = /^(ui\/|forms\/(?!compile\/|typegen\/)|definitions\/format\/(?!pack\/|.*\.cli\.ts$))/

/** What stands behind these doors needs Node. */
const nodeDoors = ['#forms/compile', '#forms/typegen', '#definitions/pack', '#plugins/server']

const isTest = (path) => /\.test\.tsx?$|\/fixtures\/|\/testing\//.test(path)

/** The doors of the rooms: `#forms` → path of the file behind it, from the root. */
export function readDoors(root) {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return Object.fromEntries(Object.entries(imports).map(([door, target]) => [door, target.replace(/^\.\//, '')]))
}

/**
 * What is wrong with one import, as a sentence; null: nothing. `file`: absolute path of the importing file.
 * `isTypeOnly` imports may look up within the engine, for they leave nothing behind when it runs.
 */
export function checkImport({ root, doors, file, specifier, isTypeOnly }) {
  const from = relative(root, file).split(sep).join('/')
  const room = roomOf(from)
  if (!room || isTest(from)) return null
  const isRelative = specifier.startsWith('.')
  if (!isRelative && !specifier.startsWith('#')) return checkPackage(from, specifier)

  const to = isRelative
    ? relative(root, resolve(dirname(file), specifier))
        .split(sep)
        .join('/')
    : doors[specifier]
  if (to === undefined) return `"${specifier}" is not a door; the doors are ${Object.keys(doors).join(', ')}`
  if (nodeDoors.includes(specifier) && browserSafe.test(from))
    return `"${specifier}" needs Node: this part also runs in a browser`
  const target = roomOf(to)
  if (isRelative && target !== room)
    return `"${specifier}" leaves the room ${room}: use a door (${doorsOf(doors, target)})`
  if (!target) return null
  if (rooms.indexOf(target) > rooms.indexOf(room))
    return `${room} must not know ${target}: rooms import to their left only`
  if (room === 'plugins') return checkPlugin(from, to)
  if (room === 'engine') return checkEngine(from, to, target, isTypeOnly)
  if (room === 'ui') return checkUi(from, to, target)
  return null
}

function checkPackage(from, specifier) {
  if (specifier.startsWith('node:') && browserSafe.test(from)) return `"${specifier}": this part also runs in a browser`
  const owner = owners.find(({ packages, only }) => packages.test(specifier) && !only.test(from))
  return owner ? `"${specifier}" does not belong here: ${owner.why}` : null
}

/** plugins/<folder>/…: one plugin knows the contract, the rooms before it, and no other plugin. */
function checkPlugin(from, to) {
  const [, own] = from.split('/')
  const [room, other] = to.split('/')
  const isInFolder = from.split('/').length > 2
  if (room !== 'plugins' || !isInFolder || other === own || other === 'contract') return null
  return `a plugin must not know another (${own} imports ${other})`
}

function checkEngine(from, to, target, isTypeOnly) {
  const part = partOf(from)
  if (part === 'bpmn' && target !== 'forms' && !to.startsWith('definitions/') && !to.startsWith('engine/bpmn/')) {
    return 'engine/bpmn reaches only #forms and #definitions'
  }
  if (part === 'contract' && target === 'engine' && partOf(to) !== 'contract') {
    return 'engine/contract is what pages import: it knows nothing of the engine'
  }
  if (target !== 'engine' || isTypeOnly) return null
  return checkRows('engine', engineRows, part, partOf(to))
}

function checkUi(from, to, target) {
  if (target === 'engine') return to.startsWith('engine/contract/') ? null : 'pages know #engine/contract only'
  return target === 'ui' ? checkRows('ui', uiRows, partOf(from), partOf(to)) : null
}

function checkRows(room, rows, from, to) {
  if (from === to) return null
  const [above, below] = [from, to].map((part) => rows.findIndex((row) => row.includes(part)))
  if (above < 0) return `${room}/${from} has no place in the order of ${room} (lint/importRule.mjs)`
  if (below < 0) return `${room}/${to} has no place in the order of ${room} (lint/importRule.mjs)`
  if (below < above) return `${room}/${from} must not know ${room}/${to}, which stands above it`
  if (below === above && !siblings[room](from, to)) return `${room}/${from} and ${room}/${to} must not know each other`
  return null
}

const roomOf = (path) => rooms.find((room) => path === room || path.startsWith(`${room}/`)) ?? null
/** `engine/http/app.ts` → `http`; `engine/main.portal.ts` → `main`. */
const partOf = (path) => path.split('/')[1].split('.')[0]
const doorsOf = (doors, room) =>
  Object.keys(doors)
    .filter((door) => roomOf(doors[door]) === room)
    .join(', ') || 'there is none'
