// Apollo Server with @apollo/gateway, as their documentation starts them. Arguments: folder of the packages, supergraph, port.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What is used of packages that are not installed with this repository. */
interface Server {
  readonly ApolloServer: new (options: { readonly gateway: object }) => object
}
interface Standalone {
  readonly startStandaloneServer: (server: object, options: object) => Promise<unknown>
}
interface Gateway {
  readonly ApolloGateway: new (options: { readonly supergraphSdl: string }) => object
}

const [folder = '', supergraph = '', port] = process.argv.slice(2)
const load = createRequire(join(folder, 'package.json'))
const { ApolloServer } = load('@apollo/server') as Server
const { startStandaloneServer } = load('@apollo/server/standalone') as Standalone
const { ApolloGateway } = load('@apollo/gateway') as Gateway

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') })
await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: '127.0.0.1', port: Number(port) },
})
