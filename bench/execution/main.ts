// What the engine itself costs, without sockets: the same answers projected in three ways, and whole executions over
// canned answers. See ../README.md.
import { type ExecutionResult, execute, type GraphQLObjectType, parse } from 'graphql'
import { pino } from 'pino'
import { Execution } from '../../gateway/src/execution/execution.ts'
import type { Program } from '../../gateway/src/execution/program.ts'
import type { SelectionShape } from '../../gateway/src/execution/shape.ts'
import { defaultLimits } from '../../gateway/src/limits.ts'
import { type Generation, loadGeneration } from '../../gateway/src/supergraph/generation.ts'
import type { Dispatch } from '../../gateway/src/upstream/dispatch.ts'
import { answerSubgraph } from '../gateway/graph/answer.ts'
import { composeGraph } from '../gateway/graph/compose.ts'
import { type QueryName, queries } from '../gateway/graph/queries.ts'
import { subgraphs } from '../gateway/graph/subgraphs.ts'
import { loadNow, show } from '../report/result.ts'
import { counted, figure, times } from '../report/table.ts'
import { readOptions } from './read-options.ts'

type Value = Record<string, unknown>

const options = readOptions()
const names = ['q1', 'q2', 'q3'] as const satisfies readonly QueryName[]

/** Answers from memory, as text that is parsed each time, as over a network. */
function canned(subgraph: string): Dispatch {
  const known = new Map<string, string>()
  return ({ operation, variables }, answered) => {
    const given = variables.text()
    const key = `${operation.document}${given}`
    const text =
      known.get(key) ?? answerSubgraph(subgraph, { query: operation.document, variables: JSON.parse(given) })
    if (text === undefined) throw new Error(`There is no subgraph ${subgraph}.`)
    known.set(key, text)
    const { data } = JSON.parse(text) as { data: Value }
    answered(undefined, { data, errors: undefined, text })
    return { cancel() {} }
  }
}

/** The projection as one would write it first: closures over field names. */
function byClosures(type: GraphQLObjectType, selection: SelectionShape): (data: Value) => Value {
  const fields = selection.fieldsOf(type).map(({ key, dataKey, selection: inner }) => {
    const [only] = inner?.possible.values() ?? []
    return { key, dataKey, project: inner && only ? byClosures(only, inner) : undefined }
  })
  const one = (value: unknown, project: (data: Value) => Value): unknown => {
    if (Array.isArray(value)) return value.map((item) => one(item, project))
    return value === null || value === undefined ? null : project(value as Value)
  }
  return (data) => {
    const result: Value = {}
    for (const { key, dataKey, project } of fields) {
      const value = data[dataKey]
      result[key] = project ? one(value, project) : (value ?? null)
    }
    return result
  }
}

interface Prepared {
  readonly program: Program
  readonly text: string
  readonly run: (told: (data: Value | null) => void) => void
}

async function prepare(generation: Generation, name: QueryName): Promise<Prepared> {
  const { query } = JSON.parse(queries[name].body) as { query: string }
  const operation = generation.operations.find(query, undefined)
  const coerced = operation.coerce(undefined)
  if ('errors' in coerced) throw new Error('The query has variables.')
  const { values: variables } = coerced
  const request = { operation, lacks: '', viewer: undefined, held: new Set<string>(), variables }
  const program = await generation.programs.find(request)
  const context = { viewer: undefined, requestId: '', traceparent: '', headers: {}, extension: undefined }
  return {
    program,
    text: query,
    run: (told) => new Execution(program, { variables, context, data: {} }, ({ data }) => told(data)).start(),
  }
}

/** Microseconds of CPU a call, the median of rounds. */
function measure(work: () => void, calls: number): number {
  for (let index = 0; index < calls; index += 1) work()
  const rounds = Array.from({ length: options.rounds }, () => {
    const before = process.cpuUsage()
    for (let index = 0; index < calls; index += 1) work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / calls
  })
  return rounds.toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0
}

function rowsOf({ program, text, run }: Prepared, schema: Generation['schema'], calls: number): string[][] {
  let answer: Value = {}
  run((data) => {
    answer = data ?? {}
  })
  const { project, root, selection } = program
  if (!project) throw new Error('The program has no projection.')
  const closures = byClosures(root, selection)
  const document = parse(text)
  const same = JSON.stringify(answer)
  const graphql = () => (execute({ schema, document, rootValue: answer }) as ExecutionResult).data
  for (const other of [project(answer), closures(answer), graphql()]) {
    if (JSON.stringify(other) !== same) throw new Error('The answers differ.')
  }
  const generated = measure(() => project(answer), calls)
  const rows: [string, number][] = [
    ['projection, generated source', generated],
    ['projection, closures', measure(() => closures(answer), calls)],
    ['graphql-js execute over the answer', measure(graphql, calls)],
    ['JSON.stringify of the answer', measure(() => JSON.stringify(answer), calls)],
    ['whole execution, canned answers parsed', measure(() => run(() => {}), calls)],
  ]
  return [
    ['', 'CPU µs', '÷ generated projection'],
    ...rows.map(([what, micros]) => [what, figure(micros), times(micros / generated)]),
  ]
}

const loadBefore = loadNow()
const generation = await loadGeneration(composeGraph('http://127.0.0.1:1', subgraphs), {
  subgraphs: { dispatcher: canned, stats: () => [], close: async () => {} },
  limits: defaultLimits,
  introspection: false,
  planner: 'hive',
  overrides: {},
  log: pino({ level: 'silent' }),
})
try {
  const tables: { title: string; rows: string[][] }[] = []
  for (const name of names) {
    const prepared = await prepare(generation, name)
    const calls = Math.round(options.calls / (name === 'q3' ? 50 : 1))
    tables.push({ title: queries[name].title, rows: rowsOf(prepared, generation.schema, calls) })
  }
  const text = `${counted(options.rounds, 'round')} of ${counted(options.calls, 'call')} (a fiftieth for Q3) after one to warm up; medians. The answers of all ways were compared.`
  show({ bench: 'execution', words: process.argv.slice(2), loadBefore, text, tables }, options.isKept)
} finally {
  await generation.close()
}
