import { type Draft, type DraftAbstract, type DraftField, type DraftType, shapeText } from './draft.ts'
import { membersIn } from './draft-abstracts.ts'

const header = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"
])

scalar JSON`

function marksOf(field: DraftField, subgraph: string, isValue: boolean): string[] {
  if (field.barred.get(subgraph) === 'external') return ['@external']
  const marks = new Set(field.owners.get(subgraph))
  if (isValue || (field.owners.size > 1 && !field.key)) marks.add('@shareable')
  if (field.requires) marks.add(`@requires(fields: ${JSON.stringify(field.requires.text)})`)
  const provided = field.provides.get(subgraph)
  if (provided) marks.add(`@provides(fields: "${provided.join(' ')}")`)
  return [...marks]
}

function signature({ name, args, shape, loose }: DraftField, subgraph: string): string {
  const taken = args.length > 0 ? `(${args.map((it) => `${it.name}: ${it.text}`).join(', ')})` : ''
  return `${name}${taken}: ${shapeText(loose.has(subgraph) ? { ...shape, isNonNull: false } : shape)}`
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}`).join('\n')}\n}`
}

function interfacesOf(draft: Draft, type: DraftType, subgraph: string): string {
  const names = [...draft.abstracts.values()]
    .filter(({ kind, entity }) => kind === 'interface' && entity?.objectIn !== subgraph)
    .filter((abstract) => membersIn(abstract, subgraph).includes(type))
    .map(({ name }) => name)
  return names.length > 0 ? ` implements ${names.join(' & ')}` : ''
}

function objectText(draft: Draft, type: DraftType, subgraph: string): string | undefined {
  const presence = type.presence.get(subgraph)
  const fields = type.fields.filter((it) => it.owners.has(subgraph) || it.barred.has(subgraph))
  if (fields.length === 0 || (!presence && type.kind !== 'root')) return undefined
  const keys = [...(presence?.keys ?? [])].map(
    ({ text }) => ` @key(fields: "${text}"${presence?.isResolvable ? '' : ', resolvable: false'})`,
  )
  const hidden = type.isHidden && [...type.presence.keys()][0] === subgraph ? ' @inaccessible' : ''
  return block(
    `type ${type.name}${interfacesOf(draft, type, subgraph)}${keys.join('')}${hidden}`,
    fields.map((field) =>
      [signature(field, subgraph), ...marksOf(field, subgraph, type.kind === 'value')].join(' '),
    ),
  )
}

function interfaceObjectText({ name, fields, entity }: DraftAbstract, subgraph: string): string {
  const extra = entity?.extra ?? []
  const external = fields.filter(({ name: it }) =>
    extra.some(({ requires }) => requires?.fields.some((required) => required.name === it)),
  )
  return block(`type ${name} @interfaceObject @key(fields: "id")`, [
    'id: ID!',
    ...external.map((field) => `${signature(field, subgraph)} @external`),
    ...extra.map((field) => [signature(field, subgraph), ...marksOf(field, subgraph, false)].join(' ')),
  ])
}

function abstractText(abstract: DraftAbstract, subgraph: string): string | undefined {
  const { name, kind, declared, fields, entity } = abstract
  if (entity?.objectIn === subgraph) return interfaceObjectText(abstract, subgraph)
  const there = declared.get(subgraph)
  if (!there) return undefined
  if (kind === 'union') return `union ${name} = ${there.join(' | ')}`
  return block(
    `interface ${name}${entity ? ' @key(fields: "id")' : ''}`,
    fields.filter((field) => there.includes(field.name)).map((field) => signature(field, subgraph)),
  )
}

/** A subgraph's schema. */
export function writeSdl(draft: Draft, subgraph: string): string {
  const enums = draft.enums.map(({ name, values, hidden }) =>
    block(`enum ${name}`, [...values, ...hidden.map((value) => `${value} @inaccessible`)]),
  )
  const inputs = draft.inputs.map(({ name, text }) => `input ${name} {\n  ${text}\n}`)
  const objects = [...draft.types.values()].map((type) => objectText(draft, type, subgraph))
  const abstracts = [...draft.abstracts.values()].map((abstract) => abstractText(abstract, subgraph))
  return [header, ...enums, ...inputs, ...objects, ...abstracts]
    .filter((text) => text !== undefined)
    .join('\n\n')
}
