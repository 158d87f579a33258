// Our gateway with all it does for a request: limits, access, signed viewers, deadlines, metrics.
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createGateway, gatewayServer, type Placement } from '@headcount/gateway'
import { pino } from 'pino'
import { answerParent } from '../processes/answer-parent.ts'
import { fixedAnswer } from './fixed-answers.ts'
import { subgraphNames } from './graph.ts'

/** How our gateway is set up. */
interface Setup {
  readonly supergraph: string
  readonly placement: 'http' | 'in-process'
}

async function serve({ supergraph, placement }: Setup): Promise<string> {
  const gateway = await createGateway({
    supergraph: { sdl: supergraph },
    subgraphs:
      placement === 'http' ? {} : Object.fromEntries(subgraphNames.map((name) => [name, local(name)])),
    viewerSecret: randomBytes(32).toString('base64url'),
    log: pino({ level: 'silent' }),
  })
  const server = gatewayServer(gateway)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
}

function local(name: string): Placement {
  return { execute: async ({ query }) => ({ data: fixedAnswer(name, query) }) }
}

answerParent({ serve })
