import { type DocumentNode, GraphQLError, parse, validate, visit } from 'graphql'
import { compare, type Difference, kindOf } from './compare.ts'
import type { Situation } from './data.ts'
import type { ClientAnswer, ClientRequest, Engine, Execute } from './engine-under-test.ts'
import { type Api, type Expected, expect, readApi } from './oracle.ts'
import { openSubgraph, type Stage } from './subgraphs.ts'
import type { ComposedWorld } from './world/random-world.ts'
import type { World } from './world/world.ts'

/** One case: an operation over a world, and what its data follow from. */
export interface Case extends ClientRequest {
  readonly dataSeed: number
  readonly hasFaults: boolean
}

/** A world with the engine that serves it. */
export interface OpenWorld {
  readonly world: World
  readonly sdl: string
  readonly api: Api
  run(it: Case, document?: DocumentNode): Promise<Outcome>
  close(): Promise<void>
}

/** Both answers, and the first way in which they differ. */
export interface Outcome {
  readonly difference: Difference | undefined
  readonly expected: Expected
  readonly answer: ClientAnswer
  /** Whether no planner had a plan in time: an error, and no answer to compare. */
  readonly isUnplanned: boolean
}

function isLate(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions['code'] === 'DEADLINE_EXCEEDED'
}

/** @returns undefined = no planner had a plan in time */
async function ask(engine: Engine, request: ClientRequest): Promise<ClientAnswer | undefined> {
  try {
    return await engine.run(request)
  } catch (error) {
    if (isLate(error)) return undefined
    return { errors: [{ message: `The engine threw: ${error instanceof Error ? error.stack : error}` }] }
  }
}

export type OpenEngine = (sdl: string, executes: Readonly<Record<string, Execute>>) => Promise<Engine>

function requiringNames({ objects }: World): ReadonlySet<string> {
  const fields = Object.values(objects).flatMap((object) => Object.entries(object.fields))
  return new Set(fields.flatMap(([name, { requires }]) => (requires ? name : [])))
}

/** Response keys of fields with these names. */
function requiringKeys(document: DocumentNode, names: ReadonlySet<string>): ReadonlySet<string> {
  const keys = new Set<string>()
  visit(document, {
    Field({ name, alias }) {
      if (names.has(name.value)) keys.add((alias ?? name).value)
    },
  })
  return keys
}

/** Starts an engine over a world. */
export async function openWorld({ world, sdl }: ComposedWorld, openEngine: OpenEngine): Promise<OpenWorld> {
  const situation = (seed: number, hasFaults: boolean): Situation => ({
    world,
    seed,
    hasFaults: hasFaults && !world.isUneven,
    areNullsErrors: false,
    mutations: 0,
  })
  const stage: Stage = { situation: situation(0, false) }
  const executes = Object.fromEntries(
    world.subgraphs.map((model) => [model.name, openSubgraph(model, stage)]),
  )
  const api = readApi(sdl)
  const requiring = requiringNames(world)
  const engine = await openEngine(sdl, executes)
  return {
    world,
    sdl,
    api,
    async run({ query, variables, operationName, dataSeed, hasFaults }, document = parse(query)) {
      stage.situation = situation(dataSeed, hasFaults)
      const expected = expect(api, { document, variables, operationName }, situation(dataSeed, hasFaults))
      const answer = await ask(engine, { query, variables, operationName })
      if (!answer) return { difference: undefined, expected, answer: {}, isUnplanned: true }
      const difference = compare(expected, answer, requiringKeys(document, requiring))
      return { difference, expected, answer, isUnplanned: false }
    },
    close: () => engine.close(),
  }
}

/** Whether an operation is valid in a world; one that was made smaller may not be. */
export function isValid(query: string, { api }: OpenWorld): boolean {
  try {
    return validate(api.schema, parse(query)).length === 0
  } catch (error) {
    // A selection set lost its last field, or a document its last operation.
    if (error instanceof GraphQLError) return false
    throw error
  }
}

/** Whether a smaller case differs in the same way as the one that it came from. */
export function isAlike(outcome: Outcome, origin: Outcome): boolean {
  if (outcome.expected.data === undefined) return false
  return kindOf(outcome.difference) === kindOf(origin.difference)
}
