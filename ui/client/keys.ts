/** Cache keys, from the general to the particular, so that a prefix refreshes a whole resource. */
export const keys = {
  session: ['session'] as const,
  entities: ['entities'] as const,
  entity: (entity: string) => ['entities', entity] as const,
  records: (entity: string) => ['records', entity] as const,
  recordList: (entity: string, query: string) => ['records', entity, 'list', query] as const,
  record: (entity: string, id: string) => ['records', entity, 'one', id] as const,
  recordHistory: (entity: string, id: string) => ['records', entity, 'one', id, 'history'] as const,
  catalog: (catalog: string) => ['catalogs', catalog] as const,
  file: (id: string) => ['files', id] as const,
  processes: ['processes'] as const,
  process: (key: string) => ['processes', key] as const,
  instance: (id: string) => ['instances', id] as const,
  tasks: ['tasks'] as const,
  taskList: (query: string) => ['tasks', 'list', query] as const,
  task: (id: string) => ['tasks', 'one', id] as const,
  notices: ['notices'] as const,
}
