import { GraphQLError } from 'graphql'
import { type Context, subgraph } from './support.ts'

const link = (names: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${names}])`

/** Two subgraphs that between them have every kind of place where access can stand. */
export function venueGraph() {
  const halls = subgraph(
    'halls',
    `${link('"@key", "@shareable", "@authenticated", "@requiresScopes"')}
    type Query {
      open: String!
      hall(id: ID!): Hall @authenticated
      halls: [Hall!]! @authenticated
      things: [Thing!]!
      anything: [Anything!]!
      whoami: String
      requestId: String
      slow(ms: Int!): String
      broken: String
      brokenBadly: String
      refused: String
      secretCode: Code
      level: Level
      echo(value: Int!, list: [Level!]): Int
    }
    type Mutation { rename(id: ID!, name: String!): Hall @requiresScopes(scopes: [["hall:write"]])  touch: Int! @authenticated }
    type Hall @key(fields: "id") {
      id: ID!
      name: String!
      capacity: Int @requiresScopes(scopes: [["hall:read"], ["plan:read", "plan:size"]])
      door: Door! 
      doors: [Door!]!
    }
    type Door { id: ID! key: String! @requiresScopes(scopes: [["door:key"]])  colour: String }
    interface Thing { id: ID!  label: String }
    type Lamp implements Thing { id: ID!  label: String  watts: Int }
    type Safe implements Thing { id: ID!  label: String @requiresScopes(scopes: [["safe:read"]])  content: String @requiresScopes(scopes: [["safe:read"]]) }
    type Ledger @requiresScopes(scopes: [["ledger:read"]]) { id: ID! total: Int! }
    union Anything = Lamp | Safe | Ledger
    scalar Code @requiresScopes(scopes: [["code:read"]])
    enum Level @authenticated { LOW HIGH }
    `,
    {
      Query: {
        open: () => 'open',
        hall: (_: unknown, { id }: { id: string }) => (id === 'none' ? null : hallOf(id)),
        halls: () => [hallOf('a'), hallOf('b')],
        ...things(),
        whoami: (_: unknown, __: unknown, { viewer }: Context) => viewer?.id ?? null,
        requestId: (_: unknown, __: unknown, { requestId }: Context) => requestId,
        slow: (_: unknown, { ms }: { ms: number }) =>
          new Promise((resolve) => setTimeout(() => resolve('done'), ms)),
        broken: () => {
          throw new Error('SELECT * FROM halls failed at 10.0.0.7')
        },
        brokenBadly: () => {
          throw new GraphQLError('no such column', { extensions: { code: 'P2022', stack: ['db.ts'] } })
        },
        refused: () => {
          throw new GraphQLError('Too often.', {
            extensions: { code: 'RATE_LIMITED', retryAfterMs: 5, inner: 1 },
          })
        },
        secretCode: () => '1234',
        level: () => 'LOW',
        echo: (_: unknown, { value }: { value: number }) => value,
      },
      Mutation: {
        rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ ...hallOf(id), name }),
        touch: () => 1,
      },
      Hall: { __resolveReference: ({ id }: { id: string }) => hallOf(id) },
    },
  )
  const shows = subgraph(
    'shows',
    `${link('"@key", "@requiresScopes"')}
    type Query { show: Show }
    type Show { title: String! hall: Hall! }
    type Hall @key(fields: "id") { id: ID! next: String  price: Int @requiresScopes(scopes: [["price:read"]]) }
    `,
    {
      Query: { show: () => ({ title: 'Tosca', hall: { __typename: 'Hall', id: 'a' } }) },
      Hall: {
        __resolveReference: ({ id }: { id: string }) => ({ id }),
        next: ({ id }: { id: string }) => `next at ${id}`,
        price: () => 12,
      },
    },
  )
  return { halls, shows, all: [halls, shows] }
}

export function hallOf(id: string) {
  const door = (name: string) => ({ id: `${id}-${name}`, key: `key of ${id}-${name}`, colour: 'red' })
  return { id, name: `Hall ${id}`, capacity: 100, door: door('main'), doors: [door('one'), door('two')] }
}

/** What the interface and the union hold. */
export function things() {
  const lamp = { __typename: 'Lamp', id: 'l', label: 'lamp', watts: 5 }
  const safe = { __typename: 'Safe', id: 's', label: 'safe', content: 'gold' }
  return {
    things: () => [lamp, safe],
    anything: () => [lamp, { __typename: 'Ledger', id: 'g', total: 7 }, safe],
  }
}
