import type { DescribedField, DescribedType } from '@headcount/registry-api'
import { Link } from '../../page/link.tsx'
import { pathOfGraph } from '../graph-route.ts'
import { Chip } from '../parts/chip.tsx'
import { typeNameIn } from './search-types.ts'
import type { UsageIndex } from './usage-index.ts'
import { UsageWords } from './usage-words.tsx'

/** Fields of a type: what they answer and take, whose they are, who uses them. */
export function Fields({ type, usage }: { type: DescribedType; usage: UsageIndex }) {
  return (
    <ul className="plain-list rows">
      {type.fields.map((field) => (
        <li key={field.name} id={field.name} data-testid={`field-${field.name}`}>
          <Field field={field} owners={type.owners} />
          <UsageWords coordinate={`${type.name}.${field.name}`} usage={usage} />
          <Arguments coordinate={`${type.name}.${field.name}`} args={field.args} usage={usage} />
        </li>
      ))}
    </ul>
  )
}

function Field({ field, owners }: { field: DescribedField; owners: readonly string[] }) {
  const { name, type, description, deprecationReason, tags } = field
  // What belongs to all that the type belongs to goes without saying.
  const isPart = field.owners.length > 0 && field.owners.length < owners.length
  return (
    <>
      <p>
        <span className="coordinate">{name}</span>
        {': '}
        <TypeReference type={type} />{' '}
        {deprecationReason !== null && <Chip text="Deprecated" tone="warning" />}{' '}
        {isPart && <span className="quiet">by {field.owners.join(', ')}</span>}{' '}
        {tags.map((tag) => (
          <Chip key={tag} text={`@${tag}`} tone="quiet" />
        ))}
      </p>
      {description && <p className="sentence">{description}</p>}
      {deprecationReason && <p className="quiet">Deprecated: {deprecationReason}</p>}
    </>
  )
}

interface ArgumentsProps {
  coordinate: string
  args: DescribedField['args']
  usage: UsageIndex
}

function Arguments({ coordinate, args, usage }: ArgumentsProps) {
  if (args.length === 0) return null
  return (
    <ul className="plain-list arguments">
      {args.map(({ name, type, description, defaultValue, deprecationReason }) => (
        <li key={name}>
          <p>
            <span className="coordinate">{name}</span>
            {': '}
            <TypeReference type={type} />
            {defaultValue !== null && <span className="code"> = {defaultValue}</span>}{' '}
            {deprecationReason !== null && <Chip text="Deprecated" tone="warning" />}
          </p>
          {description && <p className="quiet">{description}</p>}
          <UsageWords coordinate={`${coordinate}.${name}`} usage={usage} />
        </li>
      ))}
    </ul>
  )
}

/** They have no page: everybody knows them. */
const BUILT_IN: ReadonlySet<string> = new Set(['Boolean', 'Float', 'ID', 'Int', 'String'])

/** A type as SDL has it, whose name leads to it. */
function TypeReference({ type }: { type: string }) {
  const name = typeNameIn(type)
  if (BUILT_IN.has(name)) return <span className="code">{type}</span>
  const [before = '', after = ''] = type.split(name)
  return (
    <span className="code">
      {before}
      <Link to={pathOfGraph({ page: 'schema', type: name })}>{name}</Link>
      {after}
    </span>
  )
}
