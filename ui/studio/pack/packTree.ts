/** One group of the pack tree; `kind` is the folder (or the file at the root) and the key of its title. */
export interface TreeGroup {
  kind: string
  files: { path: string; title: string; changed: boolean; isNew: boolean }[]
}

const order = [
  'processes',
  'forms',
  'entities',
  'roles',
  'templates',
  'views',
  'catalogs',
  'decisions',
  'stories',
  'pack',
  'other',
] as const
const kindOfRoot: Record<string, string> = { 'roles.json': 'roles', 'pack.json': 'pack' }

/** Groups the files of the draft for the tree: what an analyst works on first, every other file at the end. */
export function packTree(
  files: { path: string; title: string }[],
  installed: ReadonlySet<string>,
  changed: ReadonlySet<string>,
): TreeGroup[] {
  const groups = new Map<string, TreeGroup>()
  for (const file of files) {
    const kind = kindOf(file.path)
    const group = groups.get(kind) ?? { kind, files: [] }
    group.files.push({ ...file, changed: changed.has(file.path), isNew: !installed.has(file.path) })
    groups.set(kind, group)
  }
  for (const group of groups.values()) group.files.sort((a, b) => a.title.localeCompare(b.title, 'es'))
  return order.flatMap((kind) => groups.get(kind) ?? [])
}

export function kindOf(path: string): string {
  const folder = path.includes('/') ? path.slice(0, path.indexOf('/')) : kindOfRoot[path]
  return folder && (order as readonly string[]).includes(folder) ? folder : 'other'
}
