import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const repository = join(import.meta.dirname, '../../..')

const rules = [
  'biome.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'knip.json',
  '.dependency-cruiser.mjs',
  '.gitignore',
]

const subgraphFiles: Record<string, string> = {
  'README.md': '# a subgraph\n',
  'schema.graphql': `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

type Query {
  "Looks a thing of NAME up."
  NAMEThing("Its id." id: ID!): NAMEThing
}

"A thing of NAME."
type NAMEThing @key(fields: "id") {
  "Global id."
  id: ID!
}
`,
  'prisma/schema.prisma': 'model Thing {\n  id String @id\n}\n',
  'src/main.ts': `import { NAMEServer } from './server.ts'\n\nNAMEServer('1')\n`,
  'src/config.ts': `/** The settings of NAME. */
export interface NAMESettings {
  /** How long a start may take, in milliseconds. */
  startTimeoutMs: number
}
`,
  'src/context.ts': `import { greet } from '@headcount/greeting'
import type { NAMESettings } from './config.ts'

export function greetingFor(id: string, settings: NAMESettings): string {
  return \`\${greet(id)} \${settings.startTimeoutMs}\`
}
`,
  'src/server.ts': `import { greetingFor } from './context.ts'
import { readThing } from './resolvers/query.ts'

export function NAMEServer(id: string): string {
  return greetingFor(readThing(id), { startTimeoutMs: 5 })
}
`,
  'src/resolvers/query.ts': `import { findThing } from '../store.ts'

export function readThing(id: string): string {
  return findThing(id)
}
`,
  'src/store.ts': `export function findThing(id: string): string {
  return id
}
`,
}

/** A small repository with this one's rules and no fault, in a folder of its own. */
export interface SampleTree {
  root: string
  /** Writes a file below the root, making its folders. */
  write(path: string, text: string): void
  /** Replaces a text in a file; throws when it is not there. */
  edit(path: string, before: string, after: string): void
  /** Removes a file or a folder. */
  remove(path: string): void
  /** Copies a file of this repository. */
  copy(path: string): void
  dispose(): void
}

/** Makes a sample tree; the tools are those of this repository. */
export function createSampleTree(): SampleTree {
  const root = mkdtempSync(join(tmpdir(), 'headcount check '))
  const tree = treeAt(root)
  execFileSync('git', ['init', '--quiet', '--initial-branch=main'], { cwd: root })
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  for (const file of rules) tree.copy(file)
  tree.write(
    'package.json',
    json({ name: 'sample', private: true, type: 'module', devDependencies: { 'dependency-cruiser': '*' } }),
  )
  tree.write('pnpm-workspace.yaml', "packages: ['packages/*', 'subgraphs/*', platform]\n")
  writePackage(tree)
  for (const name of ['events', 'gates']) writeSubgraph(tree, name)
  return tree
}

function treeAt(root: string): SampleTree {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return {
    root,
    write,
    edit(path, before, after) {
      const text = readFileSync(join(root, path), 'utf8')
      if (!text.includes(before)) throw new Error(`${path} does not hold '${before}'`)
      write(
        path,
        text.replace(before, () => after),
      )
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
    copy: (path) => cpSync(join(repository, path), join(root, path), { recursive: true }),
    dispose: () => rmSync(root, { recursive: true, force: true }),
  }
}

function writePackage(tree: SampleTree) {
  tree.write('packages/greeting/package.json', manifest('greeting', { exports: './src/index.ts' }))
  tree.write('packages/greeting/README.md', '# greeting\n')
  tree.write('packages/greeting/src/index.ts', "export { greet } from './greet.ts'\n")
  tree.write(
    'packages/greeting/src/greet.ts',
    `/** Says good day to somebody. */
export function greet(name: string): string {
  return \`Good day, \${name}\`
}
`,
  )
}

function writeSubgraph(tree: SampleTree, name: string) {
  const dependencies = { '@headcount/greeting': 'workspace:*' }
  const scripts = { start: 'node src/main.ts' }
  tree.write(
    `subgraphs/${name}/package.json`,
    manifest(name, { exports: './src/server.ts', scripts, dependencies }),
  )
  for (const [file, text] of Object.entries(subgraphFiles)) {
    tree.write(`subgraphs/${name}/${file}`, text.replaceAll('NAME', name))
  }
  const linked = join(tree.root, `subgraphs/${name}/node_modules/@headcount`)
  mkdirSync(linked, { recursive: true })
  symlinkSync(join(tree.root, 'packages/greeting'), join(linked, 'greeting'))
}

function manifest(name: string, rest: object): string {
  return json({ name: `@headcount/${name}`, private: true, type: 'module', ...rest })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
