import { otherwise, required, withDefault } from '../field.ts'
import { boolean, choice, existingFile, text } from '../scalars.ts'
import { group, list } from '../structures.ts'

/** Documents that clients have published before they send them. */
export const trustedDocumentsKeys = group(
  'Documents that clients publish before they send them; docs/trusted-documents.md tells the way there.',
  {
    files: list(
      'Manifests: Apollo’s, or a map of ids to texts as graphql-codegen and Relay’s compiler write it. Watched; all of them are taken or none.',
      group('One manifest.', {
        path: required(existingFile('The file.')),
        client: otherwise(
          'nobody’s, so that everybody may run them',
          text('Name that the client sends whose documents they are (`graphql-client-name`).'),
        ),
      }),
      { minimum: 1 },
    ),
    mode: otherwise(
      'open',
      choice(
        'What becomes of other documents. open: they run. audit: they run, are counted, and told in the log. locked: they are refused, over every transport.',
        ['open', 'audit', 'locked'],
      ),
    ),
    isPerClient: withDefault(
      false,
      boolean('Whether a client may run its own documents and nobody’s, and no other client’s.'),
    ),
    acceptsText: withDefault(
      true,
      boolean('Whether a locked gateway takes the text of a trusted document in the place of its id.'),
    ),
  },
)
