import { type ASTNode, type DocumentNode, Kind, parse, print, visit } from 'graphql'
import type { Found } from './campaign.ts'
import { isAlike, isValid, type OpenEngine, openWorld } from './run-case.ts'
import { composeWorld } from './world/random-world.ts'
import type { World } from './world/world.ts'

/** Takes longer for nobody: what is left by then is small enough to read. */
const shrinkLimitMs = 20_000

/** What may be left out, the largest first. */
const removable: readonly (readonly ASTNode['kind'][])[] = [
  [
    Kind.OBJECT_TYPE_DEFINITION,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.UNION_TYPE_DEFINITION,
    Kind.ENUM_TYPE_DEFINITION,
    Kind.INPUT_OBJECT_TYPE_DEFINITION,
    Kind.SCALAR_TYPE_DEFINITION,
  ],
  [Kind.FIELD_DEFINITION, Kind.INPUT_VALUE_DEFINITION],
]

function without(
  document: DocumentNode,
  kinds: readonly ASTNode['kind'][],
  place: number,
): DocumentNode | undefined {
  let at = 0
  let isDone = false
  const changed: DocumentNode = visit(document, {
    enter(node) {
      if (isDone || !kinds.includes(node.kind) || at++ !== place) return undefined
      isDone = true
      return null
    },
  })
  return isDone ? changed : undefined
}

function* smaller(world: World): Generator<World> {
  const { subgraphs } = world
  for (const model of subgraphs) yield { ...world, subgraphs: subgraphs.filter((it) => it !== model) }
  for (const kinds of removable) {
    for (const model of subgraphs) {
      const document = parse(model.sdl)
      for (let place = 0; ; place++) {
        const changed = without(document, kinds, place)
        if (!changed) break
        yield {
          ...world,
          subgraphs: subgraphs.map((it) => (it === model ? { ...it, sdl: print(changed) } : it)),
        }
      }
    }
  }
}

async function attempt(world: World, found: Found, openEngine: OpenEngine): Promise<Found | undefined> {
  try {
    const composed = { world, sdl: composeWorld(world) }
    const open = await openWorld(composed, openEngine)
    try {
      if (!isValid(found.case.query, open)) return undefined
      const outcome = await open.run(found.case)
      return isAlike(outcome, found.outcome) ? { composed, case: found.case, outcome } : undefined
    } finally {
      await open.close()
    }
  } catch (error) {
    // Most of what is left out is missed: by composition, by the subgraph's schema, or by the data.
    if (error instanceof Error) return undefined
    throw error
  }
}

/** The same difference in a smaller schema. Models of what went stay: they do no harm. */
export async function shrinkWorld(start: Found, openEngine: OpenEngine): Promise<Found> {
  const until = performance.now() + shrinkLimitMs
  let best = start
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false
    for (const world of smaller(best.composed.world)) {
      if (performance.now() > until) return best
      const next = await attempt(world, best, openEngine)
      if (!next) continue
      best = next
      isSmaller = true
      break
    }
  }
  return best
}
