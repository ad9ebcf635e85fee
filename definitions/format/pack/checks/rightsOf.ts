import type { CheckInput } from '../CheckInput.ts'

/** What may be done with any record; a process adds its messages and tasks. */
export const RECORD_ACTIONS = [
  'read',
  'create',
  'edit',
  'delete',
  'correct',
  'inactivate',
  'export',
  'import',
  'print',
  'history',
]
/** Things with rights that are no entity of the pack. */
const PLATFORM_THINGS = ['settings', 'audit', 'studio', 'operations', 'roles', 'substitutions', 'accounts']

/** Everything the matrix may name. */
export function thingsIn({ names }: CheckInput): string[] {
  return [...names.entities, ...names.processes, ...PLATFORM_THINGS]
}

/** Roles, groups and the two built-in groups. */
export function subjectsIn({ pack }: CheckInput): string[] {
  const { roles, groups = {} } = pack.roles
  return [...Object.keys(roles), ...Object.keys(groups).map((group) => `@${group}`), '@staff', '@portal']
}

/** What a rule about a thing may name: what is done with records, actions of the pack, its processes, messages and tasks. */
export function rightsOf({ pack, processes, names }: CheckInput, thing: string): string[] {
  const own = Object.values(processes).filter((process) => process.entity === thing)
  return [
    ...RECORD_ACTIONS,
    ...(pack.entities[thing]?.['x-effective']?.cancel ? ['cancel'] : []),
    'publish',
    ...names.processes,
    ...Object.entries(pack.manifest.actions ?? {}).flatMap(([key, action]) => (action.entity === thing ? [key] : [])),
    ...own.flatMap((process) => [
      ...process.messages.map((message) => message.id),
      ...process.nodes.map((node) => node.id),
    ]),
  ]
}
