// The small service in a process of its own, over HTTP and, for the calls without it, by itself.
import { ada, smallSchema, startSmallService } from '@headcount/service/testing/small-service'
import { execute, parse } from 'graphql'
import { closedLoop, type Load } from '../load/closed-loop.ts'
import { answerParent } from '../processes/answer-parent.ts'
import { type QuestionName, questions, type Way } from './ways.ts'

/** A run without HTTP. */
export interface InProcessRun {
  readonly way: Exclude<Way, `${string}, ${string}`>
  readonly question: QuestionName
  readonly seconds: number
}

const small = await startSmallService()
const schema = smallSchema()

/** Calls it as often as possible, one after the other: in one process more in flight win nothing. */
function callInProcess({ way, question, seconds }: InProcessRun): Promise<Load> {
  return closedLoop({ inFlight: 1, seconds, send: senderOf(way, question) })
}

function senderOf(way: InProcessRun['way'], question: QuestionName): () => Promise<void> {
  const { query, variables } = questions[question]
  if (way === 'in process') {
    const request = { query, variables, viewer: ada, requestId: 'bench' }
    return async () => {
      const answer = await small.service.execute(request)
      if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    }
  }
  const document = parse(query, { noLocation: true })
  return async () => {
    const answer = await execute({
      schema,
      document,
      contextValue: { viewer: ada },
      variableValues: variables,
    })
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  }
}

answerParent({ url: () => small.url, callInProcess }, () => small.stop())
