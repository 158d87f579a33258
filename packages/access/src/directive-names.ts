import { type DirectiveNode, type DocumentNode, Kind, type ValueNode } from 'graphql'

/** The three directives that say what a caller must have. */
export type AccessDirective = 'authenticated' | 'requiresScopes' | 'policy'

/** The access directives of a document, by the names that it gives them. */
export type DirectiveNames = ReadonlyMap<string, AccessDirective>

const directives: readonly AccessDirective[] = ['authenticated', 'requiresScopes', 'policy']

/** One `@link` of a schema (https://specs.apollo.dev/link/v1.0). */
export interface Link {
  /** Address of the linked specification, without a slash at its end. */
  readonly url: string
  /** What the schema calls the specification; undefined = by its own name. */
  readonly as: string | undefined
  /** What it is there for, `SECURITY` or `EXECUTION`: whoever does not know it must not serve the schema. */
  readonly purpose: string | undefined
  /** Directives by their names in the specification, without `@`, and how they are called here. */
  readonly imports: ReadonlyMap<string, string>
}

function textOf(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined
}

function importsOf(value: ValueNode | undefined): ReadonlyMap<string, string> {
  const imports = new Map<string, string>()
  for (const item of value?.kind === Kind.LIST ? value.values : []) {
    const part = (name: string) =>
      item.kind === Kind.OBJECT
        ? textOf(item.fields.find((field) => field.name.value === name)?.value)
        : undefined
    const name = textOf(item) ?? part('name')
    if (name?.startsWith('@')) imports.set(name.slice(1), (part('as') ?? name).replace(/^@/, ''))
  }
  return imports
}

function readLink(directive: DirectiveNode): Link[] {
  const argument = (name: string) => directive.arguments?.find((node) => node.name.value === name)?.value
  const url = textOf(argument('url'))?.replace(/\/$/, '')
  if (url === undefined) return []
  const purpose = argument('for')
  return [
    {
      url,
      as: textOf(argument('as')),
      purpose: purpose?.kind === Kind.ENUM ? purpose.value : undefined,
      imports: importsOf(argument('import')),
    },
  ]
}

/** The links of a supergraph or a subgraph. */
export function linksOf(document: DocumentNode): Link[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
          .filter((directive) => directive.name.value === 'link')
          .flatMap((directive) => readLink(directive))
      : [],
  )
}

/** What a link calls an access directive: by its import, else after its specification; undefined = it has none. */
function nameIn({ url, as, imports }: Link, directive: AccessDirective): string | undefined {
  const specification = /^https:\/\/specs\.apollo\.dev\/(\w+)\/v[\d.]+$/.exec(url)?.[1]
  if (specification === directive) return imports.get(directive) ?? as ?? directive
  // A subgraph takes them from the specification of federation, which has them all.
  if (specification === 'federation') return imports.get(directive) ?? `${as ?? specification}__${directive}`
  return undefined
}

/**
 * What a supergraph or a subgraph calls the access directives, which `@link` may rename
 * (https://specs.apollo.dev/link/v1.0). A document that links none of their specifications has them under their own
 * names, unless another link has taken such a name: passing over a directive would leave a door open.
 */
export function directiveNames(document: DocumentNode): DirectiveNames {
  const links = linksOf(document)
  const names = new Map<string, AccessDirective>()
  const taken = new Set(links.flatMap(({ imports }) => [...imports.values()]))
  for (const directive of directives) {
    const linked = links.flatMap((link) => nameIn(link, directive) ?? [])
    for (const name of linked) names.set(name, directive)
    if (linked.length === 0 && !taken.has(directive)) names.set(directive, directive)
  }
  return names
}
