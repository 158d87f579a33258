import { type LintLevel, type LintRuleCode, lintRules } from '../linting/rules.ts'
import { group, type Key, list, named, optional, scalar, type Values, withDefault } from './key.ts'

const text = (doc: string) =>
  scalar(doc, 'a text', (value) => (typeof value === 'string' && value !== '' ? value : undefined))
const texts = (doc: string, takes: string) => withDefault([], list(doc, takes, text('')))
const number = (doc: string, [lowest, highest]: readonly [number, number], isWhole: boolean) =>
  scalar(doc, `${isWhole ? 'an integer' : 'a number'} ${lowest}-${highest}`, (value) =>
    typeof value === 'number' && value >= lowest && value <= highest && (!isWhole || Number.isInteger(value))
      ? value
      : undefined,
  )
const flag = (doc: string) =>
  scalar(doc, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
const day = (doc: string) =>
  scalar(doc, 'a day such as 2027-01-31', (value) =>
    typeof value === 'string' && isDay(value) ? value : undefined,
  )

function isDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`)
  return (
    /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
  )
}

const usageKeys = {
  days: withDefault(30, number('So many days of recorded traffic are looked at.', [1, 365], true)),
  minimumRequests: withDefault(
    1,
    number('Fewer requests in these days do not count as use; they are told.', [1, 1_000_000_000], true),
  ),
  minimumPercent: withDefault(
    0,
    number('A smaller share of all requests does not count as use; it is told.', [0, 100], false),
  ),
  excludedClients: texts(
    'Clients whose requests and documents do not count: `ios`, `ios@1.*`, `internal-*`. A pattern with a version means requests alone.',
    'a list of names, with @version, with * for any characters',
  ),
}

const acknowledgementKeys = {
  change: text('Code of the change, as the check tells it: `FIELD_REMOVED`.'),
  coordinate: text('Its element, as the check tells it: `Event.slug`, `Query.events.first`.'),
  reason: text('Why it may break; the report repeats it.'),
  until: day('The last day, UTC, that it may: after it the change fails the check again.'),
}

const checkKeys = {
  usage: group('How recorded traffic counts.', usageKeys),
  clientsSendTrustedDocumentsOnly: withDefault(
    false,
    flag(
      'Whether the published documents are all that clients may run: what breaks none of them then breaks nobody, also where no traffic is recorded.',
    ),
  ),
  acknowledged: withDefault(
    [],
    list('Breaking changes that may be.', 'a list of changes', group('', acknowledgementKeys)),
  ),
}

const lintKeys = Object.fromEntries(
  Object.entries(lintRules).map(([code, { doc, level }]) => [
    code,
    withDefault(
      level,
      scalar(doc, 'error, warning or off', (value) => (isLevel(value) ? value : undefined)),
    ),
  ]),
) as Readonly<Record<LintRuleCode, Key<LintLevel>>>

function isLevel(value: unknown): value is LintLevel {
  return value === 'error' || value === 'warning' || value === 'off'
}

const subgraphKeys = {
  file: text("The file of its schema, from the repository's root."),
  url: optional(
    'none: gateways are told by their own configuration',
    text('Where gateways reach it, unless their own configuration says otherwise.'),
  ),
}

/** Every key of schema/registry.yaml. */
export const settingsKeys = {
  subgraphs: optional(
    'every `subgraphs/<name>/schema.graphql`',
    named(
      'Subgraphs by name, in place of the folders of subgraphs/.',
      'names, each with the key file',
      group('', subgraphKeys),
    ),
  ),
  documents: withDefault(
    ['schema/documents/*.json'],
    list(
      "Manifests of published operations: Apollo's (`apollo-persisted-query-manifest`) or a plain map of ids to texts. The file's name is the client's.",
      'a list of paths from the root, with * and **',
      text(''),
    ),
  ),
  check: group('When a change of the graph fails a check.', checkKeys),
  lint: group('What rules of style come to, by rule.', lintKeys),
}

/** What a change of the graph is judged by. */
export type CheckSettings = Values<typeof checkKeys> & {
  readonly lint: Readonly<Record<LintRuleCode, LintLevel>>
}

/** A breaking change that may be until a day. */
export type Acknowledgement = Values<typeof acknowledgementKeys>

/** A repository's schema/registry.yaml. */
export interface RegistrySettings {
  /** By name; undefined = every folder of subgraphs/. */
  readonly subgraphs:
    | Readonly<Record<string, { readonly file: string; readonly url?: string | undefined }>>
    | undefined
  /** Globs of manifests, from the root. */
  readonly documents: readonly string[]
  readonly check: CheckSettings
}
