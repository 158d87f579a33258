// All subgraphs of all generated graphs, on one port.
import { serveAnswers } from '../http/serve-answers.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { answerGenerated } from './answer.ts'

const server = serveAnswers((_path, body) =>
  answerGenerated(JSON.parse(body.toString()) as Parameters<typeof answerGenerated>[0]),
)

answerParent({ listen: server.listen, counts: server.counts })
