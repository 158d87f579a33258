import { type ASTNode, Kind, parse, type StringValueNode, visit } from 'graphql'
import { type Enforcer, faults } from '../enforcer.ts'
import { listFiles, read } from '../tree.ts'

/** Every type, field, argument, enum value and directive of the subgraphs' schemas is described. */
export const graphqlDocs: Enforcer = {
  name: 'graphql-docs',
  guards: 'every GraphQL type, field, argument, enum value and directive is described',
  run: async (root) =>
    faults(
      listFiles(root)
        .filter((path) => /^subgraphs\/[^/]+\/schema\.graphql$/.test(path))
        .flatMap((path) => undescribed(path, read(root, path))),
    ),
}

const described: ReadonlySet<string> = new Set([
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.FIELD_DEFINITION,
  Kind.INPUT_VALUE_DEFINITION,
  Kind.ENUM_VALUE_DEFINITION,
  Kind.DIRECTIVE_DEFINITION,
])

// Everybody knows what these are; their fields are what needs words.
const roots = new Set(['Query', 'Mutation', 'Subscription'])

// A copy of what federation defines has federation's documentation.
const federations =
  /^(federation__|link__|_)|^(FieldSet|key|shareable|external|requires|provides|link|tag|inaccessible|override|extends|interfaceObject|composeDirective|authenticated|requiresScopes|policy)$/

function undescribed(path: string, sdl: string): string[] {
  const found: string[] = []
  const names: string[] = []
  visit(parse(sdl), {
    enter(node) {
      if (!described.has(node.kind)) return undefined
      const { name, description } = node as ASTNode & {
        name: { value: string }
        description?: StringValueNode
      }
      if (federations.test(name.value) && names.length === 0) return false
      names.push(name.value)
      const isRoot = names.length === 1 && roots.has(name.value)
      if (!isRoot && !description?.value.trim()) {
        found.push(`${path}:${node.loc?.startToken.line}: ${names.join('.')} has no description`)
      }
      return undefined
    },
    leave(node) {
      if (described.has(node.kind)) names.pop()
    },
  })
  return found
}
