import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { readJoinedTypes } from '../src/planning/joined-types.ts'
import { readSubgraphFacts, type SubgraphFacts } from '../src/planning/subgraph-facts.ts'

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])'

/** Composes subgraphs, each by its SDL, and reads what planners' plans are held against. */
export function composedFacts(parts: Readonly<Record<string, string>>): SubgraphFacts {
  const services = Object.entries(parts).map(([name, sdl]) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(`${link} ${sdl}`),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.join('\n'))
  const document = parse(supergraphSdl)
  return readSubgraphFacts(document, readJoinedTypes(document))
}
