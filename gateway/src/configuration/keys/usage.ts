import { defaultClientHeaders } from '../../client-names.ts'
import { otherwise, withDefault } from '../field.ts'
import { boolean, headerName, integer, secret, url } from '../scalars.ts'
import { group, list } from '../structures.ts'

const headers = (doc: string, fallback: readonly string[]) =>
  withDefault(fallback, list(doc, headerName('One header.'), { minimum: 1 }))

/** What a registry is told of who asks what. */
export const usageKeys = group(
  'What a registry is told of who asks what: counts, errors and times by operation and client, and the fields, arguments and inputs that operations use. Never a value.',
  {
    isEnabled: otherwise('true where there is an address', boolean('Whether it is told.')),
    url: otherwise(
      'supergraph.registry.url, or --registry',
      url(
        'Address of the registry; reports go to `<url>/usage`. While it is away they wait, some minutes long.',
      ),
    ),
    token: otherwise(
      'supergraph.registry.token, unless usage.url is another address',
      secret('What it knows this gateway by; the token needs the scope `usage:write`.'),
    ),
    intervalMs: withDefault(
      10_000,
      integer({
        doc: 'Time between two reports of a process.',
        minimum: 1_000,
        maximum: 3_600_000,
        unit: 'milliseconds',
      }),
    ),
    clientNameHeaders: headers(
      'Headers that clients name themselves by; the first that is there counts. The log has them too.',
      defaultClientHeaders.name,
    ),
    clientVersionHeaders: headers('The same for their versions.', defaultClientHeaders.version),
  },
)
