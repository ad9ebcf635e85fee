import type { Pack, RolesFile } from '#definitions'
import { fieldRights, granting, rowRules } from '../engine/access/index.ts'
import { systemActor, type Actor, type Ctx } from '../engine/context.ts'
import type { InstalledPack } from '../engine/packs/index.ts'

/**
 * Who may do what of a whole pack, as text: role × thing × action, with the rows it is limited to, and role × field. Asked
 * of the same functions that decide at run time, and kept in the repository, so that a changed right shows in a diff.
 */
export function permissionTable(installed: InstalledPack): string {
  const { pack } = installed
  const parts = [
    `# Who may do what in ${pack.manifest.title}`,
    'Generated from the pack: `npm run permissions`. A change of this file is a change of somebody’s rights.',
    ...Object.keys(pack.roles.roles).map((role) => roleSection(installed, role)),
    fixedSection(pack.roles),
  ]
  return `${parts.join('\n\n')}\n`
}

function roleSection(installed: InstalledPack, role: string): string {
  const { pack } = installed
  const { title, front = 'staff', protected: isProtected } = pack.roles.roles[role]!
  const actor: Actor = { ...systemActor, id: 'somebody', roles: [role], front }
  const things = [...new Set([...Object.keys(pack.entities), ...Object.keys(pack.roles.can)])].sort()
  const lines = things.flatMap((thing) => {
    const byRows = new Map<string, string[]>()
    for (const action of actionsNamed(pack, thing)) {
      const subjects = granting(pack.roles, actor, thing, action)
      if (subjects.length === 0) continue
      const rules = rowRules(pack.roles, actor, thing, subjects)
      const rows = rules === 'all' ? '' : [...new Set(rules)].join(' **or** ')
      byRows.set(rows, [...(byRows.get(rows) ?? []), action])
    }
    return [...byRows].map(([rows, actions]) => `| ${thing} | ${actions.join(' ')} | ${rows && `\`${rows}\``} |`)
  })
  const table = lines.length > 0 ? ['| thing | may | only rows |', '|---|---|---|', ...lines].join('\n') : 'Nothing.'
  const fields = fieldLines(installed, actor)
  const heading = `## ${title} (\`${role}\`, ${front}${isProtected ? ', protected' : ''})`
  return [heading, table, ...(fields.length > 0 ? [fields.join('\n')] : [])].join('\n\n')
}

/** Every action that somebody has on a thing, so that nobody's absence hides one. */
function actionsNamed(pack: Pack, thing: string): string[] {
  const named = Object.values(pack.roles.can[thing] ?? {}).flatMap((text) => text.split(/\s+/).filter(Boolean))
  return [...new Set(named)].sort()
}

/** Fields that the role does not see, or sees and may not change, of what it may read. */
function fieldLines(installed: InstalledPack, actor: Actor): string[] {
  const { pack } = installed
  return Object.keys(pack.entities)
    .sort()
    .flatMap((key) => {
      if (granting(pack.roles, actor, key, 'read').length === 0) return []
      const definition = pack.entities[key]!
      const rights = fieldRights({ actor } as Ctx, { key, definition, installed })
      const names = Object.keys(definition.properties)
      const hidden = names.filter((name) => !rights.read.has(name))
      const fixed = names.filter((name) => rights.read.has(name) && !rights.edit.has(name))
      const mayEdit = granting(pack.roles, actor, key, 'edit').length > 0
      return [
        ...(hidden.length > 0 ? [`- ${key}: never sees ${hidden.join(', ')}`] : []),
        ...(mayEdit && fixed.length > 0 ? [`- ${key}: never changes ${fixed.join(', ')}`] : []),
      ]
    })
}

function fixedSection({ fixed = [], separate = [] }: RolesFile): string {
  const lines = [
    ...fixed.map(({ thing, action, only, because }) => `- ${thing} ${action}: only ${only.join(', ')}. ${because}`),
    ...separate.map(({ first, then, because }) => `- who did ${first} never does ${then}. ${because}`),
  ]
  return ['## Above the matrix', lines.length > 0 ? lines.join('\n') : 'Nothing.'].join('\n\n')
}
