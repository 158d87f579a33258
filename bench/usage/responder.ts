// The subgraph: plain sockets, an answer made once for each exact body.
import type { SubgraphRequest } from '../gateway/graph/answer.ts'
import { serveAnswers } from '../http/serve-answers.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { answerEvents } from './graph.ts'

const server = serveAnswers((_path, body) => answerEvents(JSON.parse(body.toString()) as SubgraphRequest))

answerParent({ listen: server.listen })
