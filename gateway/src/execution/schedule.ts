import type {
  ConditionNode,
  DeferNode,
  EntitiesNode,
  EntityGroup,
  FetchNode,
  Path,
  PlanNode,
  RequiredSelection,
  Rewrite,
} from '../planning/plan.ts'
import { type KeyTree, providedKeys } from './provided-keys.ts'
import type { Switches } from './shape.ts'

/** One request to a subgraph, and what must be there before it. */
export interface Step {
  readonly node: FetchNode | EntitiesNode
  /** Keys at the top of its answer. */
  readonly keys: KeyTree
  /** Positions in the schedule of the steps that it waits for. */
  readonly after: readonly number[]
  /** The deferred block that it belongs to, counted from 1; 0 = what is answered first. */
  readonly block: number
}

/** A deferred block of the answer. */
export interface Block {
  readonly label: string | undefined
  /** Response keys and `... on Type`, from the root. */
  readonly path: readonly string[]
  readonly selection: string | undefined
  /** The block that it stands in. */
  readonly parent: number
}

/** A plan as a list of steps. */
export interface Schedule {
  readonly steps: readonly Step[]
  readonly blocks: readonly Block[]
  /** What of the operation comes first, where something is deferred. */
  readonly primary: string | undefined
}

const anything = '*'

function pathText(path: Path): string {
  return path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : [])).join('.')
}

function join(prefix: string, key: string): string {
  return prefix === '' ? key : `${prefix}.${key}`
}

function addKeys(keys: KeyTree, prefix: string, into: Set<string>): void {
  for (const [key, inner] of keys) {
    const path = join(prefix, key)
    into.add(path)
    addKeys(inner, path, into)
  }
}

/** Renamed keys are offered under both names; what stands below them under anything. */
function addRenamed(rewrites: readonly Rewrite[], into: Set<string>): void {
  if (rewrites.some((rewrite) => rewrite.kind === 'rename')) into.add(anything)
}

/** Places of the answer that a step fills. */
function offered(node: FetchNode | EntitiesNode, keys: KeyTree): Set<string> {
  const places = new Set<string>()
  if (node.kind === 'fetch') {
    addKeys(keys, pathText(node.path ?? []), places)
    addRenamed(node.outputRewrites, places)
    return places
  }
  for (const group of node.groups) {
    for (const path of group.paths) addKeys(keys.get(group.responseKey) ?? new Map(), pathText(path), places)
    addRenamed(group.outputRewrites, places)
  }
  return places
}

function addRequired(selections: readonly RequiredSelection[], prefix: string, into: string[]): void {
  for (const selection of selections) {
    if (selection.kind === 'fragment') {
      addRequired(selection.selections, prefix, into)
      continue
    }
    const place = join(prefix, selection.alias ?? selection.name)
    into.push(place)
    addRequired(selection.selections ?? [], place, into)
  }
}

/** Places on the way to the objects of a path. */
function onTheWay(path: Path): string[] {
  let at = ''
  return path.flatMap((segment) => {
    if (segment.kind === 'items') return []
    if (segment.kind === 'types') return [join(at, '__typename')]
    at = join(at, segment.key)
    return [at]
  })
}

/** Places where a group's contexts stand, and those on the way to their values. */
function contextPlaces({ paths, contextArguments = [] }: EntityGroup): string[] {
  const sources = contextArguments.flatMap((argument) => argument.sources)
  return paths.flatMap((path) => {
    const keys = path.flatMap((segment) => (segment.kind === 'field' ? [segment.key] : []))
    return sources.flatMap(({ up, path: down }) => {
      let at = keys.slice(0, keys.length - up).join('.')
      return down.map((segment) => {
        if (segment.kind === 'types') return join(at, '__typename')
        at = join(at, segment.key)
        return at
      })
    })
  })
}

/** Places of the answer that a step reads. */
function needed(node: FetchNode | EntitiesNode): string[] {
  if (node.kind === 'fetch') return onTheWay(node.path ?? [])
  return node.groups.flatMap((group) => {
    const places = group.paths.flatMap(onTheWay)
    for (const path of group.paths) addRequired(group.requires, pathText(path), places)
    return places.concat(contextPlaces(group))
  })
}

/** Whether everything that a request asks for is switched off. */
function asksForNothing(node: FetchNode | EntitiesNode, keys: KeyTree): boolean {
  if (node.kind === 'fetch') return keys.size === 0
  return node.groups.every(({ responseKey }) => (keys.get(responseKey)?.size ?? 0) === 0)
}

interface Placed extends Step {
  readonly offers: ReadonlySet<string>
}

class Scheduler {
  readonly steps: Placed[] = []
  readonly blocks: Block[] = []
  primary: string | undefined
  private readonly switches: Switches
  private readonly isSerial: boolean
  private block = 0

  constructor(switches: Switches, isSerial: boolean) {
    this.switches = switches
    this.isSerial = isSerial
  }

  /** Adds a node's steps; `before` are those that the plan puts in front of it. Answers its own and those before. */
  add(node: PlanNode | undefined, before: readonly number[]): readonly number[] {
    switch (node?.kind) {
      case undefined:
        return before
      case 'fetch':
      case 'entities':
        return this.addStep(node, before)
      case 'sequence':
        return node.nodes.reduce((done, next) => this.add(next, done), before)
      case 'parallel':
        return [...new Set(node.nodes.flatMap((next) => this.add(next, before)).concat(before))]
      case 'condition':
        return this.add(this.chosen(node), before)
      case 'defer':
        return this.addDefer(node, before)
      case 'subscription':
        return this.add(node.rest, this.add(node.primary, before))
    }
  }

  private chosen(node: ConditionNode): PlanNode | undefined {
    return this.switches[node.variable] === true ? node.whenTrue : node.whenFalse
  }

  private addStep(node: FetchNode | EntitiesNode, before: readonly number[]): readonly number[] {
    const keys = providedKeys(node.document, this.switches)
    if (asksForNothing(node, keys)) return before
    const step = {
      node,
      keys,
      after: this.after(node, before),
      block: this.block,
      offers: offered(node, keys),
    }
    this.steps.push(step)
    return [...before, this.steps.length - 1]
  }

  /** Of the steps that the plan puts before one, those that it really needs: it starts as soon as its input is there. */
  private after(node: FetchNode | EntitiesNode, before: readonly number[]): number[] {
    if (this.isSerial) return [...before]
    const waits = new Set<number>()
    for (const place of needed(node)) {
      const offering = before.filter((index) => this.isOffered(index, place))
      // Nobody is known to offer it: whoever comes before may.
      if (offering.length === 0) return [...before]
      for (const index of offering) waits.add(index)
    }
    return [...waits]
  }

  private isOffered(index: number, place: string): boolean {
    const offers = this.steps[index]?.offers
    return offers !== undefined && (offers.has(anything) || offers.has(place))
  }

  private addDefer(node: DeferNode, before: readonly number[]): readonly number[] {
    const parent = this.block
    const around = this.blocks[parent - 1]
    // A block that defers again has its selection here.
    if (around) this.blocks[parent - 1] = { ...around, selection: node.primary.selection }
    else this.primary = node.primary.selection
    let done = this.add(node.primary.node, before)
    for (const { label, path, selection, node: inner } of node.deferred) {
      this.blocks.push({ label, path, selection, parent })
      this.block = this.blocks.length
      done = this.add(inner, done)
      this.block = parent
    }
    return done
  }
}

/** Turns a plan into steps, each with what it waits for. Mutations keep the plan's order to the letter. */
export function schedule(
  root: PlanNode | undefined,
  options: { readonly switches: Switches; readonly isSerial: boolean },
): Schedule {
  const scheduler = new Scheduler(options.switches, options.isSerial)
  scheduler.add(root, [])
  const { steps, blocks, primary } = scheduler
  return { steps, blocks, primary }
}

/** Whether a later step writes below a group's objects what depends on more than on them. */
function isWrittenByContext(group: EntityGroup, all: readonly EntityGroup[]): boolean {
  const prefixes = group.paths.map((path) => `${pathText(path)}.`)
  return all.some(
    ({ contextArguments, paths }) =>
      contextArguments !== undefined &&
      paths.some((path) => prefixes.some((prefix) => pathText(path).startsWith(prefix))),
  )
}

/** Whether what a group gives to several objects must be copied for each: a later step writes into some of them alone. */
export function isWrittenUnevenly(group: EntityGroup, all: readonly EntityGroup[]): boolean {
  if (isWrittenByContext(group, all)) return true
  if (group.paths.length < 2) return false
  const own = group.paths.map(pathText)
  return all.some((other) => {
    if (other === group) return false
    const texts = other.paths.map((path) => ({ text: pathText(path), whole: JSON.stringify(path) }))
    const endings = own.map((prefix) =>
      texts
        .filter(({ text }) => text.startsWith(`${prefix}.`))
        .map(({ text, whole }) => `${text.slice(prefix.length)} ${whole.match(/"types"/g)?.length ?? 0}`)
        .toSorted()
        .join('|'),
    )
    return new Set(endings).size > 1
  })
}
