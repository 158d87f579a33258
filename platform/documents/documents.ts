import { type Role, roles, scopesOf } from '@headcount/access'
import { analyticsSettings } from '@headcount/analytics/config'
import { authSettings } from '@headcount/auth/config'
import type { ConfigField, ConfigSpec } from '@headcount/config'
import { catalogue } from '@headcount/errors'
import { eventsSettings } from '@headcount/events/config'
import { gatesSettings } from '@headcount/gates/config'
import { gatewaySettings } from '@headcount/gateway/config'
import { configurationReference, type KeySection } from '@headcount/gateway/configuration/reference'
import { participantsSettings } from '@headcount/participants/config'
import { registrySettings as registrySpec } from '@headcount/registry/config'
import { settingsReference } from '@headcount/registry/settings/reference'
import { commonSettings } from '@headcount/service'
import { platformSettings } from '../src/config.ts'

const note = '<!-- Written by `pnpm documents` from the code. An edit here is lost. -->\n'

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function errors(): string {
  const rows = Object.entries(catalogue).map(([code, entry]) => [
    `\`${code}\``,
    String(entry.httpStatus),
    entry.isRetryable ? 'yes' : 'no',
    entry.meaning,
  ])
  const head = [
    '`extensions.code`',
    'HTTP status of a whole failure',
    'same request may succeed later',
    'what it means',
  ]
  return `${note}\n# Errors\n\nEvery error of an answer carries one of these codes. Expected outcomes (already inside, sold out) are no errors:\nthey are members of the result's union.\n\n${table(head, rows)}\n`
}

function settingRow(field: ConfigField<unknown>): string[] {
  const fallback = String(field.fallback?.value ?? '')
  const shown = fallback === '' ? '' : `\`${fallback}\``
  return [`\`${field.name}\``, field.shape, field.fallback ? shown : '**required**', field.doc]
}

function settingsSection(title: string, text: string, spec: ConfigSpec): string {
  const head = ['name', 'takes', 'default', 'meaning']
  return `## ${title}\n\n${text}\n\n${table(head, Object.values(spec).map(settingRow))}\n`
}

function settings(): string {
  const sections = [
    settingsSection('The platform', 'Read by `headcount up`.', platformSettings),
    settingsSection(
      'Every service in a process of its own',
      '`headcount up --services separate` sets these for its processes; set them where you start a service yourself.',
      commonSettings,
    ),
    settingsSection(
      'auth',
      'Under `headcount up`, databases and secrets that are unset are embedded ones.',
      authSettings,
    ),
    settingsSection('events', 'As above.', eventsSettings),
    settingsSection('participants', 'As above.', participantsSettings),
    settingsSection('gates', 'As above.', gatesSettings),
    settingsSection('analytics', 'As above.', analyticsSettings),
    settingsSection('The registry', 'Read by `headcount up` and `headcount registry`.', registrySpec),
    settingsSection(
      'The gateway in a process of its own',
      'Read by `gateway/src/main.ts`; under `headcount up` the platform gives them.',
      gatewaySettings,
    ),
  ]
  return `${note}\n# Settings\n\nAll settings come from the environment. A wrong or missing one stops the start with the list of all problems.\n\n${sections.join('\n')}`
}

function keySection({ name, doc, rows }: KeySection): string {
  const cells = rows.map(({ path, takes, fallback, doc: text }) => [
    `\`${path}\``,
    takes,
    fallback === 'required' ? '**required**' : fallback,
    text,
  ])
  return `## ${name}\n\n${doc}\n\n${table(['key', 'takes', 'default', 'meaning'], cells)}\n`
}

const gatewayIntroduction = `# The gateway's file

\`bin/headcount gateway --config FILE\` reads YAML or JSON. What the command line says goes before the file, the file before
the environment ([settings](settings.md)), and that before the defaults. Whatever is wrong (a key that there is not, a
wrong type, a number out of range, a file that is missing) is told at once, each with its place, and nothing starts;
\`--check-config\` does no more than that. \`\${NAME}\` within a text stands for that name of the environment, and a name
that is not set is refused; \`$\${\` is a plain \`\${\`. Paths start at the file's folder. Within \`{ }\` and \`[ ]\` of YAML such
texts need quotes.

A file to begin with:

\`\`\`yaml
server: { port: 4000, introspection: true }
supergraph: { file: supergraph.graphql }
upstream: { timeoutMs: 2000 }
subgraphs:
  reviews:
    replicas:
      - { url: http://10.0.0.1:4002/graphql, weight: 3 }
      - { url: http://10.0.0.2:4002/graphql }
    health: { path: /health/ready }
headers:
  - propagate: { name: accept-language, default: en }
  - fromClaim: { claim: sub, name: x-user-id }
authentication:
  jwks:
    - { url: https://id.example.com/.well-known/jwks.json, issuer: https://id.example.com/, audience: [shop] }
  claims: { organization: tenant, scopes: permissions }
persistedDocuments:
  redisUrl: \${REDIS_URL}
\`\`\`

Steps of your own stand in an ES module that \`extension\` names. A hook that is absent costs nothing; what a hook throws
with \`code\`, \`status\` and \`message\` refuses the request with these, and anything else is logged and answered by
INTERNAL_SERVER_ERROR. The hooks and what they get: \`GatewayExtension\` in \`gateway/src/extension.ts\`.

\`\`\`js
export const extension = {
  onRequest({ headers }, { state }) {
    if (!headers['x-shop']) throw { code: 'FORBIDDEN', status: 403, message: 'Which shop?' }
    state.shop = headers['x-shop']
  },
  onFetch({ subgraph, headers }, { state }) {
    if (subgraph === 'reviews') headers['x-shop'] = state.shop
  },
}
\`\`\`

With \`--registry URL\`, or \`supergraph: { registry: { url: … } }\`, the supergraph comes from a [registry](registry.md), which
holds the gateway's question until there is another one: a publish is there at once. What has served is kept on disk, with
its hash and the address that it is of. A gateway that starts while the registry is away, silent or talking rubbish begins
with that copy, says so, and goes on asking; without a copy it does not start. Readiness does not depend on the registry. At
\`/metrics\`: \`headcount_gateway_supergraph_info{hash,version}\` is what serves, \`…_supergraph_swap_timestamp_seconds\` since
when, \`…_supergraph_refused_total\` what was bad, \`…_supergraph_source_up\` whether the registry answers.

The file is read at the start; a change of it takes a new start. [What other gateways call these things](../coming-from/README.md).
`

function gatewayFile(): string {
  return `${note}\n${gatewayIntroduction}\n${configurationReference().map(keySection).join('\n')}`
}

const registryIntroduction = `# The registry's settings

\`schema/registry.yaml\` of the repository whose graph is checked says where its subgraphs are, which use counts, and what may
break. \`bin/headcount schema …\` reads it from the working tree; the subgraphs of the base revision are where *its* file says.
With a registry, the file is sent along with what is checked. No key is needed. Whatever is wrong (a key that there is not, a
wrong type, a day that is none) is told at once, each with its line and column, and the command ends with 2.

\`\`\`yaml
subgraphs:
  events: { file: services/events/schema.graphql, url: https://events.example.com/graphql }
documents: [apps/*/persisted-documents.json]
check:
  usage: { days: 30, minimumRequests: 100, excludedClients: [internal-*, ios@1.*] }
  acknowledged:
    - { change: FIELD_REMOVED, coordinate: Event.slug, reason: The app asks for id since 3.0., until: 2027-01-31 }
lint: { INPUT_TYPE_NAME: error }
\`\`\`

What a breaking change of the API comes to:

| verdict | when | the check |
| --- | --- | --- |
| \`used\` | it breaks published operations, or traffic that the thresholds count | fails |
| \`unknown\` | none that is known, but no traffic is recorded and clients may send anything | fails |
| \`unused\` | none, and what is known is all: traffic is recorded, or clients send trusted documents only; or no operation can reach the element | passes |
| \`acknowledged\` | it would fail, and \`check.acknowledged\` has it until a day that is not over | passes |

An expired acknowledgement no longer counts, and the report says so; one that no change answers to is a note. Where the
variables of a published operation could bring an input field or an enum value that changes, it counts as used unless all
traffic of that very operation is known. An operation that would be refused though no breaking change says so makes one of its
own, \`OPERATION_INVALID\`.
`

function registrySettings(): string {
  const rows = settingsReference().map(({ path, takes, fallback, doc }) => [
    `\`${path}\``,
    takes,
    fallback === undefined ? '**required**' : fallback,
    doc,
  ])
  const keys = table(['key', 'takes', 'default', 'meaning'], rows)
  return `${note}\n${registryIntroduction}\n## Keys\n\n${keys}\n`
}

function rights(): string {
  const rows = (Object.keys(roles) as Role[]).map((role) => [
    `\`${role}\``,
    scopesOf([role])
      .map((scope) => `\`${scope}\``)
      .join(' '),
  ])
  return `${note}\n# Rights\n\nA token carries scopes; \`x:*\` covers every \`x:…\`. Fields name the scopes that they need in the schema\n(\`@requiresScopes\`); the gateway cuts what a token may not read before it plans, and each service checks again.\nA scanner has the scopes of GATE_OPERATOR, for its own event and gates only.\n\n${table(['role', 'scopes'], rows)}\n`
}

/** Every document that is written from the code: path below docs/ → text. */
export const documents: Readonly<Record<string, () => string>> = {
  'errors.md': errors,
  'operations/gateway.md': gatewayFile,
  'operations/registry-settings.md': registrySettings,
  'operations/settings.md': settings,
  'rights.md': rights,
}
