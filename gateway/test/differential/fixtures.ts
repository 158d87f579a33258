import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import type { Found } from './campaign.ts'
import { hashText } from './random.ts'
import type { Case } from './run-case.ts'
import type { ComposedWorld } from './world/random-world.ts'
import { composeWorld } from './world/random-world.ts'
import type { ObjectModel, World } from './world/world.ts'

/** A case that was found once; plain JSON. */
export interface Fixture {
  /** What was wrong when it was found. */
  readonly found: string
  readonly case: Case
  readonly world: World
}

const folder = new URL('./fixtures/', import.meta.url)

/** Leaves out models of what the subgraphs' schemas do not have. */
function withoutUnused(world: World): World {
  const words = new Set(world.subgraphs.flatMap(({ sdl }) => sdl.match(/\w+/g) ?? []))
  const kept = <T>(record: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => words.has(name)))
  const prune = (model: ObjectModel): ObjectModel => ({ ...model, fields: kept(model.fields) })
  const objects = Object.entries(kept(world.objects)).map(([name, model]) => [name, prune(model)])
  return { ...world, objects: Object.fromEntries(objects), enums: kept(world.enums) }
}

/** A case as it is written down. */
export function fixtureOf(found: string, { world }: Pick<ComposedWorld, 'world'>, it: Case): Fixture {
  return { found, case: it, world: withoutUnused(world) }
}

/** Writes a case down. @returns where */
export async function saveFixture({ composed, case: it, outcome }: Found): Promise<string> {
  const { rule = 'none', detail = '' } = outcome.difference ?? {}
  const name = `${rule}-${hashText(0, it.query).toString(36)}.json`
  const fixture = fixtureOf(`${rule}: ${detail.slice(0, 500)}`, composed, it)
  await mkdir(folder, { recursive: true })
  const file = new URL(name, folder)
  await writeFile(file, `${JSON.stringify(fixture, undefined, 2)}\n`)
  return file.pathname
}

export async function listFixtures(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
}

export async function readFixture(name: string): Promise<Fixture & { readonly composed: ComposedWorld }> {
  const fixture: Fixture = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
  return { ...fixture, composed: { world: fixture.world, sdl: composeWorld(fixture.world) } }
}
