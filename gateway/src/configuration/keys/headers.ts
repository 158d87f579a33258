import { required } from '../field.ts'
import { headerName, pattern, sentHeaderName, text } from '../scalars.ts'
import { group, list, optional } from '../structures.ts'

const rule = group(
  'One rule.',
  {
    propagate: optional(
      group(
        'Hands headers of the client’s request on.',
        {
          name: headerName('One header.'),
          matching: pattern('All whose names (in lower case) it finds.'),
          rename: sentHeaderName('Name that the one header gets.'),
          default: text('Value when the client did not send it.'),
        },
        { exactlyOneOf: ['name', 'matching'], onlyWith: { rename: 'name', default: 'name' } },
      ),
    ),
    set: optional(
      group('Sets a header.', {
        name: required(sentHeaderName('Its name.')),
        value: required(text('Its value.')),
      }),
    ),
    remove: optional(
      group(
        'Takes back headers that earlier rules have put there.',
        { name: headerName('One header.'), matching: pattern('All whose names it finds.') },
        { exactlyOneOf: ['name', 'matching'] },
      ),
    ),
    fromClaim: optional(
      group('Sets a header from the token that was verified.', {
        claim: required(text('Name of the claim; dots lead into objects.')),
        name: required(sentHeaderName('Name of the header.')),
      }),
    ),
  },
  { exactlyOneOf: ['propagate', 'set', 'remove', 'fromClaim'] },
)

/** Rules about what is sent to subgraphs. */
export const headerRules = (doc: string) => list(doc, rule)
