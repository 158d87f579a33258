import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind } from 'graphql'

/** A specification that a supergraph links. */
interface Link {
  /** Its identity without the version: `https://specs.apollo.dev/tag`. */
  readonly identity: string
  /** What its names begin with: `tag`, or what `as` says. */
  readonly prefix: string
  /** Names that are taken over by themselves: own name → name here, with `@` where it is a directive's. */
  readonly imports: ReadonlyMap<string, string>
}

/** What a supergraph calls that which it links. */
export interface LinkNames {
  /** The name of a specification's main directive, without `@`; undefined where it is not linked. */
  directive(identity: string): string | undefined
  /** Whether a type comes from a specification (`join__Graph`) and is no part of the API. */
  isForeign(type: string): boolean
}

/** Reads the `@link`s of a supergraph's schema definition. */
export function readLinks(document: DocumentNode): LinkNames {
  const directives = document.definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.directives ?? [])
      : [],
  )
  const links = directives.filter(({ name }) => name.value === 'link').flatMap(linkOf)
  const prefixes = new Set(links.map(({ prefix }) => prefix))
  return {
    directive(identity) {
      const link = links.find((one) => one.identity === identity)
      const own = `@${identity.slice(identity.lastIndexOf('/') + 1)}`
      return link && (link.imports.get(own)?.slice(1) ?? link.prefix)
    },
    isForeign: (type) => type.includes('__') && prefixes.has(type.slice(0, type.indexOf('__'))),
  }
}

function linkOf({ arguments: given = [] }: ConstDirectiveNode): Link[] {
  const value = (name: string) => given.find((one) => one.name.value === name)?.value
  const url = textOf(value('url'))
  const identity = url?.replace(/\/v\d+(\.\d+)?\/?$/, '')
  if (identity === undefined) return []
  const prefix = textOf(value('as')) ?? identity.slice(identity.lastIndexOf('/') + 1)
  return [{ identity, prefix, imports: importsOf(value('import')) }]
}

function importsOf(value: ConstValueNode | undefined): Map<string, string> {
  const imports = new Map<string, string>()
  for (const one of value?.kind === Kind.LIST ? value.values : []) {
    const field = (name: string) =>
      one.kind === Kind.OBJECT ? textOf(one.fields.find((f) => f.name.value === name)?.value) : undefined
    const name = textOf(one) ?? field('name')
    if (name !== undefined) imports.set(name, field('as') ?? name)
  }
  return imports
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined
}
