import { withDefault } from '../field.ts'
import { choice } from '../scalars.ts'
import { group } from '../structures.ts'

/** What clients learn of errors. */
export const errorsKeys = group('What clients learn of errors.', {
  subgraphMessages: withDefault(
    'catalogue',
    choice(
      'Of subgraphs’ errors: those with a code of the catalogue (docs/errors.md), the others are INTERNAL_SERVER_ERROR; or `all`, each with its message, code and extensions, without stack traces.',
      ['catalogue', 'all'],
    ),
  ),
})
