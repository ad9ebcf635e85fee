import { explainAccess } from '../tasks/index.ts'
import type { Handlers } from './Handler.ts'

export const explainHandlers: Handlers = {
  explain: ({ ctx, query }) =>
    explainAccess(ctx, {
      thing: query('thing'),
      action: query('action'),
      id: query('id'),
      task: query('task'),
      user: query('user'),
    }),
}
