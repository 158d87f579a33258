import { isDeepStrictEqual } from 'node:util'
import { type Enforcer, faults } from '../enforcer.ts'
import { listFiles, read } from '../tree.ts'

/** What every subgraph has. A store is a file, or a folder of that name once it is long. */
const mandatory = [
  /^README\.md$/,
  /^package\.json$/,
  /^schema\.graphql$/,
  /^prisma\/schema\.prisma$/,
  /^src\/main\.ts$/,
  /^src\/config\.ts$/,
  /^src\/server\.ts$/,
  /^src\/context\.ts$/,
  /^src\/resolvers\/[a-z-]+\.ts$/,
  /^src\/store(\.ts|\/[a-z-]+\.ts)$/,
]

/** What a subgraph may have besides. */
const allowed = [
  ...mandatory,
  /^(codegen\.mappers\.json|prisma\.config\.ts)$/,
  /^prisma\/migrations\//,
  /^src\/generated\/resolvers\.ts$/,
  /^src\/(loaders|events|errors)(\.ts|\/[a-z-]+\.ts)$/,
  /^src\/(domain|resolvers|store|loaders|events|errors)\/[a-z-]+(\.test)?\.ts$/,
  /^src\/(config|server|context|store|loaders|events|errors)\.test\.ts$/,
  /^test\//,
]

/** The same names in the same places in all subgraphs, so that who knows one knows all. */
export const sameShape: Enforcer = {
  name: 'shape',
  guards: 'all subgraphs have the same files in the same places, and the same scripts; packages a page',
  run: async (root) => {
    const files = new Map<string, string[]>()
    const paths = listFiles(root)
    for (const path of paths) {
      const [, name, file] = /^subgraphs\/([^/]+)\/(.+)$/.exec(path) ?? []
      if (name !== undefined && file !== undefined) files.set(name, [...(files.get(name) ?? []), file])
    }
    return faults([
      ...[...files].flatMap(([name, list]) => [...missing(name, list), ...strange(name, list)]),
      ...differentScripts(root, [...files.keys()]),
      ...packagesWithoutPage(paths),
    ])
  },
}

function missing(name: string, files: string[]): string[] {
  return mandatory
    .filter((pattern) => !files.some((file) => pattern.test(file)))
    .map((pattern) => `subgraphs/${name}: has no file ${readable(pattern)}`)
}

function strange(name: string, files: string[]): string[] {
  return files
    .filter((file) => !allowed.some((pattern) => pattern.test(file)))
    .map((file) => `subgraphs/${name}/${file}: has no place in a subgraph's tree; see the house style`)
}

/** The scripts of the first subgraph are the measure; the order counts. */
function differentScripts(root: string, names: string[]): string[] {
  const [model, ...others] = names.map((name) => ({ name, scripts: scriptsOf(root, name) }))
  return others
    .filter(({ scripts }) => !isDeepStrictEqual(scripts, model?.scripts))
    .map(
      ({ name }) =>
        `subgraphs/${name}/package.json: its scripts are not those of ${model?.name}, in that order`,
    )
}

function scriptsOf(root: string, name: string): [string, unknown][] {
  try {
    return Object.entries(JSON.parse(read(root, `subgraphs/${name}/package.json`)).scripts ?? {})
  } catch {
    return []
  }
}

/** A package that nobody can read about is found by nobody, and written a second time. */
function packagesWithoutPage(paths: readonly string[]): string[] {
  const packages = paths.flatMap((path) => /^(packages\/[^/]+)\/package\.json$/.exec(path)?.[1] ?? [])
  return packages
    .filter((folder) => !paths.includes(`${folder}/README.md`))
    .map((folder) => `${folder}: has no README.md that says what it is and when to use it`)
}

function readable(pattern: RegExp): string {
  return pattern.source.replaceAll(/[\\^$]/g, '').replaceAll('[a-z-]+', '…')
}
