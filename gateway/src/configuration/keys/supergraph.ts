import { otherwise, required, withDefault } from '../field.ts'
import { boolean, choice, existingFile, integer, pathOrNone, secret, url } from '../scalars.ts'
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
        'A registry that publishes the supergraph: the text at `<url>/supergraph`, 64 MiB at most, asked for with its ETag. One that knows `?waitMs=` answers as soon as there is another one; any other server of a file with an ETag is asked again and again. Redirects are not followed.',
        {
          url: required(
            url(
              'Its base address, as `https://graph.example.com/registry`; with `/contracts/<name>` behind it that contract is served.',
            ),
          ),
          token: otherwise(
            'HEADCOUNT_REGISTRY_TOKEN',
            secret('What it knows this gateway by: a token with the scopes `schema:read` and `usage:write`.'),
          ),
          waitMs: withDefault(
            25_000,
            integer({
              doc: 'How long the registry is let wait for another one; 0 = it is not asked to wait. Less than what proxies in between cut off at.',
              minimum: 0,
              maximum: 60_000,
              unit: 'milliseconds',
            }),
          ),
          pollIntervalMs: pollIntervalMs(
            2_000,
            'Time between two questions where the registry does not wait. After one without an answer it is asked again within a second, then ever more rarely, down to every 15 s; where the token is refused, every minute.',
          ),
          startTimeoutMs: withDefault(
            3_000,
            integer({
              doc: 'How long a start waits for the registry before it takes the copy on disk, if there is one; without one it waits 10 s and then ends.',
              minimum: 100,
              maximum: 60_000,
              unit: 'milliseconds',
            }),
          ),
          copyDirectory: otherwise(
            '.headcount/gateway below the current folder',
            pathOrNone(
              'Folder of the last good supergraph and trusted documents, a file each below a folder for each registry. A gateway that starts while the registry is away, or gives what cannot be used, begins with them.',
            ),
          ),
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
