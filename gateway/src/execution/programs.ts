import { satisfies } from '@headcount/access'
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import { LRUCache } from 'lru-cache'
import { cutOperation, type IsAllowed } from '../access/cut.ts'
import type { AccessRules } from '../access/rules.ts'
import type { KnownOperation, ProgramSample } from '../operations/known-operation.ts'
import type { InputNames } from '../planning/join-directives.ts'
import type { Plans } from '../planning/plans.ts'
import { withSafeAliases } from '../planning/safe-aliases.ts'
import type { Dispatch } from '../upstream/dispatch.ts'
import type { PossibleTypes } from './possible-types.ts'
import { compileProgram, type Program } from './program.ts'
import { settleDefer } from './settle-defer.ts'
import { settleMutation } from './settle-mutation.ts'
import { settleSwitches } from './settle-switches.ts'
import type { Switches } from './shape.ts'

type Values = Readonly<Record<string, unknown>>

/** For whom, and with what, an operation is run. */
export interface ProgramRequest extends ProgramSample {
  readonly operation: KnownOperation
  /** Which needs of the operation are not met, as `OperationAccess.lacks` says. */
  readonly lacks: string
}

/** The programs of one supergraph. */
export interface Programs {
  /** The program for a request: at once where it was compiled before, else when it is planned. */
  find(request: ProgramRequest): Program | Promise<Program>
  /** How often a program was there, and how often it had to be made. */
  readonly counts: { hits: number; misses: number; readonly entries: number }
}

/** Programs that one operation keeps by itself, without a look into the shared store. */
const keptByOperation = 32

/** What the programs are made of. */
export interface ProgramsOptions {
  readonly schema: GraphQLSchema
  readonly rules: AccessRules
  readonly types: PossibleTypes
  /** Names of fields that planners add by themselves. */
  readonly inputNames: InputNames
  readonly dispatchers: ReadonlyMap<string, Dispatch>
  readonly plans: Plans
  /** Programs kept; the longest unused go first. */
  readonly limit: number
}

function switchesText(names: readonly string[], variables: Values): string {
  if (names.length === 0) return ''
  let text = ''
  for (const name of names) text += variables[name] === true ? '1' : '0'
  return text
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (!operation) throw new Error('there is no operation in the document')
  return operation
}

/** No more of a request than the next supergraph's programs are made by. */
function sampleOf({ operation, viewer, held, variables, isDeferWanted }: ProgramRequest): ProgramSample {
  const switches = Object.fromEntries(operation.switches.map((name) => [name, variables[name]]))
  return { viewer, held, variables: switches, isDeferWanted }
}

/** What of the operation these switches and this client leave to be planned. */
function settle({ operation, isDeferWanted }: ProgramRequest, switches: Switches): DocumentNode {
  const switched = settleSwitches(operation.normalised.document, switches)
  const settled = operation.isDeferred ? settleDefer(switched, isDeferWanted === true, switches) : switched
  return operation.kind === 'mutation' ? settleMutation(settled, operationOf(settled), switches) : settled
}

async function make(request: ProgramRequest, labels: string, options: ProgramsOptions): Promise<Program> {
  const { operation, lacks, viewer, held, variables } = request
  const { schema, rules, plans } = options
  const switches: Switches = Object.fromEntries(
    operation.switches.map((name) => [name, variables[name] === true]),
  )
  const settled = settle(request, switches)
  const document = withSafeAliases(settled, options.inputNames)
  const definition = operationOf(document)
  const unmet: Parameters<typeof compileProgram>[0]['refuse'] = (type, field) =>
    rules.needs(type, field).find((need) => !satisfies(viewer, need.requirement, held))
  const isAllowed: IsAllowed = (type, field) => unmet(type, field) === undefined
  const planned = cutOperation({ schema, document, definition, isAllowed, types: options.types })
  const plan = planned ? await plans.find(planned, labels) : { root: undefined }
  return compileProgram({
    ...options,
    document,
    definition,
    plan,
    switches,
    hasOwnKeys: document === settled,
    refuse: lacks === '' ? undefined : unmet,
  })
}

/** Keeps programs by all that they depend on: the operation without its literals, access, switches, labels. */
export function createPrograms(options: ProgramsOptions): Programs {
  const { plans } = options
  const shared = new LRUCache<string, Program>({ max: options.limit })
  const making = new Map<string, Promise<Program>>()
  const counts = {
    hits: 0,
    misses: 0,
    get entries() {
      return shared.size
    },
  }

  const makeOnce = (key: string, request: ProgramRequest, labels: string) => {
    const before = making.get(key)
    if (before) return before
    const work = make(request, labels, options)
      .then((program) => {
        shared.set(key, program)
        return program
      })
      .finally(() => making.delete(key))
    making.set(key, work)
    return work
  }
  return {
    counts,
    find(request) {
      const { operation, lacks, variables } = request
      const labels = plans.labels()
      const parts = operation.isDeferred && request.isDeferWanted ? 'parts' : ''
      const key = `${lacks}/${switchesText(operation.switches, variables)}/${labels}/${parts}`
      const own = operation.programs.get(key)
      if (own) {
        counts.hits += 1
        return own
      }
      const keep = (program: Program) => {
        if (operation.programs.size >= keptByOperation) {
          operation.programs.clear()
          operation.samples.clear()
        }
        operation.programs.set(key, program)
        operation.samples.set(key, sampleOf(request))
        return program
      }
      const wholeKey = `${key}/${operation.normalised.text}`
      const known = shared.get(wholeKey)
      if (known) {
        counts.hits += 1
        return keep(known)
      }
      counts.misses += 1
      return makeOnce(wholeKey, request, labels).then(keep)
    },
  }
}
