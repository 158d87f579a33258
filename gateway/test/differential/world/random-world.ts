import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { mix, random } from '../random.ts'
import type { Draft } from './draft.ts'
import { addAbstracts } from './draft-abstracts.ts'
import { addEntityFields, addInterfaceObjectFields, addRoots } from './draft-fields.ts'
import { addOverrides, addProvides, addRequires, hideFields, loosen } from './draft-rules.ts'
import { addEntities, addInputs, addValues } from './draft-types.ts'
import { readModels, UnusableDraft } from './read-models.ts'
import type { World } from './world.ts'

/** A world and its supergraph. */
export interface ComposedWorld {
  readonly world: World
  readonly sdl: string
}

/** How many drafts were made, and why some were thrown away. */
export interface Waste {
  drafts: number
  readonly refused: Map<string, number>
}

function draftWorld(seed: number): World {
  const chance = random(seed)
  const draft: Draft = {
    random: chance,
    subgraphs: ['alpha', 'beta', 'gamma', 'delta', 'epsilon'].slice(0, chance.between(2, 5)),
    enums: [],
    inputs: [],
    types: new Map(),
    abstracts: new Map(),
    isUneven: chance.chance(0.25),
  }
  addInputs(draft)
  addValues(draft)
  addEntities(draft)
  addAbstracts(draft)
  addEntityFields(draft)
  addInterfaceObjectFields(draft)
  addRoots(draft)
  addOverrides(draft)
  addRequires(draft)
  addProvides(draft)
  hideFields(draft)
  loosen(draft)
  return readModels(draft, seed)
}

/** Composes a world's subgraphs. @throws Error that names the first reason of a refusal */
export function composeWorld(world: World): string {
  const services = world.subgraphs.map(({ name, sdl }) => ({
    name,
    typeDefs: parse(sdl),
    url: `http://${name}.invalid/graphql`,
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (supergraphSdl) return supergraphSdl
  const [first] = errors ?? []
  throw new Refused(String(first?.extensions?.['code'] ?? 'UNKNOWN'), first?.message ?? '')
}

/** A draft that does not compose. */
class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** A federated schema that composes; the same for the same seed. */
export function randomWorld(seed: number, waste: Waste): ComposedWorld {
  for (let attempt = 0; attempt < 100; attempt++) {
    waste.drafts++
    try {
      const world = draftWorld(mix(seed, attempt))
      return { world, sdl: composeWorld(world) }
    } catch (error) {
      if (!(error instanceof Refused || error instanceof UnusableDraft)) throw error
      const reason = error instanceof Refused ? error.code : 'UNUSABLE'
      waste.refused.set(reason, (waste.refused.get(reason) ?? 0) + 1)
    }
  }
  throw new Error(`No draft of seed ${seed} composes.`)
}
