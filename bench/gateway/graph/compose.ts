import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'

/** What each subgraph begins with. */
export const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides", "@shareable"])'

/** The composed graph of these subgraphs, each at its name below the address. @throws Error with all that is wrong */
export function composeGraph(
  address: string,
  subgraphs: Readonly<Record<string, { readonly typeDefs: string }>>,
): string {
  const services = Object.entries(subgraphs).map(([name, { typeDefs }]) => ({
    name,
    url: `${address}/${name}`,
    typeDefs: parse(`${federation}\n${typeDefs}`),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}
