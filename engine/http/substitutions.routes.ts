import {
  createSubstitution,
  endSubstitution,
  findSubstitutions,
  substitutionChoices,
  type CreateSubstitutionInput,
} from '../access/substitutions/index.ts'
import type { Handlers } from './Handler.ts'

/** Who does whose work while he is away. */
export const substitutionHandlers: Handlers = {
  listSubstitutions: ({ ctx, query, page }) =>
    findSubstitutions(ctx, { who: query('who') === 'all' ? 'all' : 'mine', ...page() }),
  getSubstitutionChoices: ({ ctx }) => substitutionChoices(ctx),
  createSubstitution: ({ ctx, body }) => createSubstitution(ctx, body<CreateSubstitutionInput>()),
  endSubstitution: ({ ctx, param }) => endSubstitution(ctx, param('id')),
}
