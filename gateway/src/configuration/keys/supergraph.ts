import { otherwise, required, withDefault } from '../field.ts'
import { boolean, choice, existingFile, integer, secret, url } from '../scalars.ts'
import { group, map, optional } from '../structures.ts'

const pollIntervalMs = (fallbackMs: number, doc: string) =>
  withDefault(fallbackMs, integer({ doc, minimum: 500, maximum: 86_400_000, unit: 'milliseconds' }))

/** What is served, and who plans. */
export const supergraphKeys = group(
  'What is served. One of `file`, `subgraphs` and `registry`, here or as a flag.',
  {
    file: existingFile('The supergraph’s SDL. Watched; what is new is checked and swapped in.'),
    subgraphs: map(
      'Subgraphs that are asked for their SDL and composed here: for development; what changes is not checked against usage.',
      url('Address of its GraphQL endpoint.'),
    ),
    pollIntervalMs: pollIntervalMs(10_000, 'Time between two questions to `subgraphs` for their SDL.'),
    registry: optional(
      group(
        'A registry that publishes the supergraph: the text at `<url>/supergraph`, asked for with its ETag; 64 MiB and 10 s at most, redirects are not followed.',
        {
          url: required(url('Its address.')),
          token: secret('What it knows this gateway by.'),
          pollIntervalMs: pollIntervalMs(2_000, 'Time between two questions for a new one.'),
        },
      ),
    ),
    planner: otherwise('see docs/decisions', choice('Who plans queries.', ['hive', 'apollo'])),
    overrides: withDefault(
      {},
      map(
        'Labels of progressive `@override` that are on or off for every request, whatever their percentage says.',
        boolean('Whether fields with that label are read from the new subgraph.'),
      ),
    ),
  },
  { atMostOneOf: ['file', 'subgraphs', 'registry'] },
)
