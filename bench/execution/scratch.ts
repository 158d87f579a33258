// scratch: CPU of execution alone
import { parse } from 'graphql'
import { pino } from 'pino'
import { queries } from '../gateway/graph/queries.ts'
import { subgraphs } from '../gateway/graph/subgraphs.ts'
import { composeGraph } from '../gateway/graph/compose.ts'
import { answerSubgraph } from '../gateway/graph/answer.ts'
import { loadGeneration } from '../../gateway/src/supergraph/generation.ts'
import { Execution } from '../../gateway/src/execution/execution.ts'
import { defaultLimits } from '../../gateway/src/limits.ts'
const sdl = composeGraph('http://127.0.0.1:1', subgraphs)
const memo = new Map<string,string>()
let calls = 0
const dispatcher = (name: string) => (fetch: any, done: any) => {
  calls++
  const vars = fetch.variables.text()
  const key = name + fetch.operation.document + vars
  let text = memo.get(key)
  if (text === undefined) { text = answerSubgraph(name, { query: fetch.operation.document, variables: JSON.parse(vars) })!; memo.set(key, text) }
  setImmediate ? 0 : 0
  const answer = JSON.parse(text)
  done(undefined, { data: answer.data, errors: answer.errors, text })
  return { cancel() {} }
}
const generation = await loadGeneration(sdl, { subgraphs: { dispatcher } as any, limits: defaultLimits, introspection: false, planner: 'hive', overrides: {}, log: pino({ level: 'silent' }) })
for (const [name, q] of Object.entries(queries)) {
  if (name === 'q4') continue
  const op = generation.operations.find(JSON.parse(q.body).query, undefined)
  const coerced: any = op.coerce(undefined)
  const program = await generation.programs.find({ operation: op, lacks: '', viewer: undefined, held: new Set(), variables: coerced.values })
  if (process.argv[2] === 'plan') console.log(JSON.stringify(program.plan, null, 1).slice(0, 6000), program.steps.map(s => [s.waits, s.next]))
  const context = { viewer: undefined, requestId: 'x', traceparent: 'y', headers: {}, extension: undefined }
  let out = ''
  const once = () => new Execution(program, { variables: coerced.values, context, data: {} }, (e) => { out = e.text ?? JSON.stringify({ data: e.data }) ; if (e.errors.length) console.log(e.errors[0]) }).start()
  once(); calls = 0; once()
  const n = name === 'q3' ? 1500 : 30000
  for (let i = 0; i < n / 3; i++) once()
  const runs = []
  for (let r = 0; r < 5; r++) { const t = process.cpuUsage().user; for (let i = 0; i < n / 5; i++) once(); runs.push((process.cpuUsage().user - t) / (n / 5)) }
  runs.sort((a, b) => a - b)
  console.log(name, 'bytes', out.length, 'us', runs[0]!.toFixed(1), runs[2]!.toFixed(1), 'passes', program.passesThrough)
}
await generation.close()
