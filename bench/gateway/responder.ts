// The subgraphs: one process that answers all four on one port, by path. What was never asked before is answered by graphql-js,
// so that each gateway may ask in its own way.
import { serveAnswers } from '../http/serve-answers.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { answerSubgraph, type SubgraphRequest } from './graph/answer.ts'

const server = serveAnswers((path, body) =>
  answerSubgraph(path.slice(1), JSON.parse(body.toString()) as SubgraphRequest),
)

answerParent({ listen: server.listen, counts: server.counts })
