import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { runSchema } from '@headcount/registry/commands'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { enforcers } from '../enforcers.ts'
import { runEnforcers } from '../run-enforcers.ts'
import { createSampleTree, type SampleTree } from './sample-tree.ts'

// Each machine passes on a tree without a fault and fails on the same tree with one: a machine that always
// passes guards nothing. The database's own is proven where it lives, in packages/database/src/cli.test.ts.

// Whole programs are started here, several in a test, while other tests load the machine.
vi.setConfig({ testTimeout: 90_000 })

type Plant = (tree: SampleTree) => void

let tree: SampleTree

beforeEach(() => {
  tree = createSampleTree()
})

afterEach(() => tree.dispose())

async function run(name: string) {
  const enforcer = enforcers.find((one) => one.name === name)
  if (!enforcer) throw new Error(`no enforcer ${name}`)
  return enforcer.run(tree.root, {})
}

/** Green before the fault, red after it, naming it. */
async function expectToCatch(name: string, plant: Plant, named: readonly (string | RegExp)[]) {
  const before = await run(name)
  expect(before, before.output).toMatchObject({ passed: true })
  plant(tree)
  const after = await run(name)
  expect(after.passed, 'the planted fault passed').toBe(false)
  for (const fault of named) expect(after.output).toMatch(new RegExp(fault))
}

const greet = 'packages/greeting/src/greet.ts'
const store = 'subgraphs/gates/src/store.ts'
const schema = 'subgraphs/gates/schema.graphql'

describe('biome', () => {
  it('catches what the house style forbids in a file', async () => {
    const plant: Plant = ({ edit, write }) => {
      write('packages/greeting/src/BadName.ts', 'export const one = 1\n')
      write('packages/greeting/src/star.ts', "export * from './greet.ts'\n")
      write(
        'packages/greeting/src/import.ts',
        "import { parse } from 'graphql'\n\nexport const read = parse\n",
      )
      write(
        'packages/greeting/src/long.ts',
        Array.from({ length: 401 }, (_, n) => `export const n${n} = ${n}\n`).join(''),
      )
      edit(
        greet,
        'return',
        [
          'const odd: any = process.env.HOME',
          'console.log(odd, name.at(0)!)',
          'Promise.resolve(1)',
          'const unused = 1',
          ...Array.from({ length: 60 }, (_, n) => `name.at(${n})`),
          'return',
        ].join('\n'),
      )
      write('packages/greeting/src/enum.ts', 'export enum Door {\n  Open,\n}\nexport default Door\n')
    }
    await expectToCatch('biome', plant, [
      'useFilenamingConvention',
      'noReExportAll',
      'noUndeclaredDependencies',
      'noExcessiveLinesPerFile',
      'noExplicitAny',
      'noProcessEnv',
      'noConsole',
      'noNonNullAssertion',
      'noFloatingPromises',
      'noExcessiveLinesPerFunction',
      'noUnusedVariables',
      'noEnum',
      'noDefaultExport',
      'Formatter would have printed',
    ])
  })
})

describe('types', () => {
  it('catches a type error, an unchecked index and an undefined in an optional field', async () => {
    const plant: Plant = ({ edit }) =>
      edit(
        greet,
        'return',
        `const first: string = [name][0]
  const options: { size?: number } = { size: undefined }
  const size: string = 1
  return`,
      )
    await expectToCatch('types', plant, [/greet\.ts\(3,9\).*TS2322/, /exactOptionalPropertyTypes/, /\(5,9\)/])
  })
})

describe('dashboard-types', () => {
  it('catches a type error in a page', async () => {
    tree.copy('dashboard/tsconfig.json')
    tree.write('dashboard/src/main.ts', "document.title = 'Headcount'\n")
    await expectToCatch('dashboard-types', ({ edit }) => edit('dashboard/src/main.ts', "'Headcount'", '1'), [
      /main\.ts\(1,1\).*TS2322/,
    ])
  })
})

describe('dependencies', () => {
  it('catches every import that goes against the direction', async () => {
    for (const folder of [
      'gateway',
      'registry',
      'platform',
      'dashboard',
      'e2e',
      'bench',
      'deploy',
      'examples',
    ]) {
      tree.write(`${folder}/src/main.ts`, 'export const one = 1\n')
    }
    tree.write('codegen.ts', 'export const one = 1\n')
    tree.write('vitest.config.ts', 'export const one = 1\n')
    const plant: Plant = ({ edit, write }) => {
      const service = '../../subgraphs/events/src/server.ts'
      write('gateway/src/main.ts', `import '${service}'\n`)
      write('registry/src/main.ts', `import '${service}'\n`)
      write('dashboard/src/main.ts', "import '../../packages/greeting/src/index.ts'\n")
      write('gateway/src/alone.ts', 'export const alone = 1\n')
      write('packages/greeting/testing/index.ts', 'export const one = 1\n')
      edit(greet, '/**', `import '../testing/index.ts'\nimport '../${service}'\nimport './gone.ts'\n\n/**`)
      write('subgraphs/gates/src/domain/open.ts', "import '../store.ts'\n")
      write('subgraphs/gates/src/generated/prisma/client.ts', 'export const client = 1\n')
      const resolver = 'subgraphs/gates/src/resolvers/query.ts'
      edit(resolver, 'import', "import '../generated/prisma/client.ts'\nimport '../domain/open.ts'\nimport")
      edit(store, 'export', "import './server.ts'\nimport '../../events/src/store.ts'\n\nexport")
    }
    await expectToCatch('dependencies', plant, [
      'packages-know-no-service: packages/greeting/src/greet.ts',
      'subgraphs-know-no-other-service: subgraphs/gates/src/store.ts',
      'gateway-knows-no-service: gateway/src/main.ts',
      'registry-knows-no-service: registry/src/main.ts',
      'dashboard-knows-the-graph-alone: dashboard/src/main.ts',
      'domain-is-pure: subgraphs/gates/src/domain/open.ts',
      'resolvers-ask-the-store: subgraphs/gates/src/resolvers/query.ts',
      'nothing-ships-with-tests: packages/greeting/src/greet.ts',
      'no-cycles: subgraphs/gates/src/',
      'no-orphans: gateway/src/alone.ts',
      'no-unknown-imports: packages/greeting/src/greet.ts',
    ])
  })
})

describe('knip', () => {
  it('catches a file, an export and a dependency that nobody uses', async () => {
    const plant: Plant = ({ edit, write }) => {
      write('packages/greeting/src/dead.ts', 'export const dead = 1\n')
      edit(store, 'export', 'export const unused = 1\n\nexport')
      edit('subgraphs/gates/package.json', '"dependencies": {', '"dependencies": {\n    "pino": "1.0.0",')
    }
    await expectToCatch('knip', plant, [
      'packages/greeting/src/dead.ts',
      /unused .*store\.ts/,
      /pino .*package\.json/,
    ])
  })
})

describe('codegen', () => {
  it('catches generated types that a schema has left behind, and writes nothing', async () => {
    tree.copy('codegen.ts')
    tree.write('subgraphs/events/src/generated/resolvers.ts', '')
    expect(await run('codegen')).toMatchObject({
      passed: false,
      output: expect.stringContaining('subgraphs/events/src/generated/resolvers.ts'),
    })
    generate()
    await expectToCatch(
      'codegen',
      ({ edit }) => edit(schema, 'id: ID!\n}', 'id: ID!\n  "Its size."\n  size: Int\n}'),
      ['subgraphs/gates/src/generated/resolvers.ts'],
    )
    expect(readFileSync(join(tree.root, 'subgraphs/gates/src/generated/resolvers.ts'), 'utf8')).not.toContain(
      'size',
    )
  })

  function generate() {
    const cli = join(tree.root, 'node_modules/.bin/graphql-codegen')
    execFileSync(cli, ['--config', 'codegen.ts'], { cwd: tree.root, stdio: 'pipe' })
  }
})

describe('documents', () => {
  it('catches one that the code has left behind, one edited by hand, and one that is not there', async () => {
    for (const path of ['platform/documents', 'platform/src/config.ts']) tree.copy(path)
    const modules = join(import.meta.dirname, '../../node_modules')
    symlinkSync(modules, join(tree.root, 'platform/node_modules'))
    execFileSync(process.execPath, ['platform/documents/main.ts'], { cwd: tree.root, stdio: 'pipe' })
    const plant: Plant = ({ edit, remove }) => {
      edit('platform/src/config.ts', "doc: 'TCP port", "doc: 'The port")
      edit('docs/rights.md', '`ADMIN`', '`BOSS`')
      remove('docs/errors.md')
    }
    await expectToCatch('documents', plant, [
      'docs/operations/settings.md is stale',
      'docs/rights.md is stale',
      'docs/errors.md is stale',
    ])
  })
})

describe('supergraph', () => {
  it('catches a schema/ that composing would write otherwise, and subgraphs that do not compose', async () => {
    const { root } = tree
    await runSchema(['compose'], {
      ...{ out: () => {}, err: () => {} },
      environment: {},
      folder: root,
      home: root,
    })
    await expectToCatch('supergraph', ({ edit }) => edit(schema, 'ID!): gatesThing', 'ID!): gatesThing!'), [
      /\+ {2}gatesThing\(/,
      'schema/ is not up to date',
    ])
    tree.edit(schema, 'ID!): gatesThing!', 'ID!): Nothing')
    expect((await run('supergraph')).output).toMatch(
      'error INVALID_GRAPHQL at subgraphs/gates/schema.graphql:5:34',
    )
  })
})

describe('schema-changes', () => {
  it('catches a change that would break an app, and lets a safe one pass', async () => {
    execFileSync('git', ['add', '--all'], { cwd: tree.root })
    const author = [
      '-c',
      'user.name=test',
      '-c',
      'user.email=test@headcount.test',
      '-c',
      'commit.gpgsign=false',
    ]
    execFileSync('git', [...author, 'commit', '--quiet', '--message', 'first'], { cwd: tree.root })
    tree.edit(schema, '  "Global id."', '  "Its size."\n  size: Int\n  "Global id."')
    await expectToCatch(
      'schema-changes',
      ({ edit }) => edit(schema, 'gatesThing("Its id." id: ID!)', 'gatesThing'),
      ['FIELD_ARGUMENT_REMOVED  Query.gatesThing.id  subgraphs/gates/schema.graphql:5:3'],
    )
  })
})

describe('shape', () => {
  it.each<[string, Plant, RegExp]>([
    ['a missing file', ({ remove }) => remove(store), /subgraphs\/gates: has no file src\/store/],
    [
      'a file without a place',
      ({ write }) => write('subgraphs/gates/src/tools.ts', 'export const a = 1\n'),
      /subgraphs\/gates\/src\/tools\.ts: has no place/,
    ],
    [
      'another script',
      ({ edit }) => edit('subgraphs/gates/package.json', '"start"', '"run"'),
      /subgraphs\/gates\/package\.json: its scripts/,
    ],
    [
      'a package without a page',
      ({ remove }) => remove('packages/greeting/README.md'),
      /packages\/greeting: has no README\.md/,
    ],
  ])('catches %s', (_title, plant, named) => expectToCatch('shape', plant, [named]))
})

describe('graphql-docs', () => {
  it.each<[string, Plant, string]>([
    ['a type', ({ edit }) => edit(schema, '"A thing of gates."\n', ''), ':8: gatesThing has no'],
    ['a field', ({ edit }) => edit(schema, '  "Global id."\n', ''), 'gatesThing.id has no'],
    ['an argument', ({ edit }) => edit(schema, '"Its id." ', ''), ':5: Query.gatesThing.id has no'],
    [
      'an enum value',
      ({ write, root }) =>
        write(schema, `${readFileSync(join(root, schema), 'utf8')}\n"A door."\nenum Door {\n  OPEN\n}\n`),
      'Door.OPEN has no',
    ],
    [
      'a directive and its argument',
      ({ edit }) => edit(schema, 'type Query', 'directive @own(name: ID) on OBJECT\n\ntype Query'),
      'own has no description\n.*own.name has no description',
    ],
  ])('catches %s without a description', (_title, plant, named) =>
    expectToCatch('graphql-docs', plant, [new RegExp(named)]),
  )
})

describe('config-docs', () => {
  const config = 'subgraphs/gates/src/config.ts'

  it('catches an option without a comment', () =>
    expectToCatch(
      'config-docs',
      ({ edit }) => edit(config, '  startTimeoutMs', '  port: number\n  startTimeoutMs'),
      ['startTimeoutMs has no comment|port has no comment'],
    ))

  it('catches a field whose doc says nothing', () =>
    expectToCatch(
      'config-docs',
      ({ edit }) => edit(config, '/** The', "export const port = integer('PORT', { doc: '' })\n\n/** The"),
      ['config.ts:1: this doc says nothing'],
    ))
})

describe('export-docs', () => {
  it('catches an export without a comment, where it is declared', () =>
    expectToCatch('export-docs', ({ edit }) => edit(greet, '/** Says good day to somebody. */\n', ''), [
      'packages/greeting/src/greet.ts:1: greet has no TSDoc comment',
    ]))
})

describe('names', () => {
  it('catches a folder and a file that are named as a drawer', () =>
    expectToCatch(
      'names',
      ({ write }) => {
        write('packages/greeting/src/utils/a.ts', 'export const a = 1\n')
        write('packages/greeting/src/date-helper.ts', 'export const a = 1\n')
      },
      ['packages/greeting/src/utils/: name', "date-helper.ts: 'helper' says nothing"],
    ))
})

describe('phrases', () => {
  it('catches a promise for later, unless it names an issue', () =>
    expectToCatch(
      'phrases',
      ({ edit }) =>
        edit(store, 'export', `// ${'TO'}DO later\n// ${'TO'}DO #12 later\n// ${'for'} now\nexport`),
      [/store\.ts:1: .*name the issue: #12\n.*store\.ts:3: /],
    ))
})

describe('a run', () => {
  it('goes on when one enforcer throws, shows what it said, and counts it', async () => {
    const lines: string[] = []
    const broken = { name: 'broken', guards: 'nothing', run: () => Promise.reject(new Error('no such tool')) }
    const fine = {
      name: 'fine',
      guards: 'all',
      run: () => Promise.resolve({ passed: true, output: 'quiet' }),
    }
    const print = (text: string) => lines.push(text)
    expect(await runEnforcers([broken, fine], { root: tree.root, settings: {}, print })).toBe(1)
    expect(lines.join('\n')).toMatch(/FAIL broken[\s\S]*no such tool/)
    expect(lines.join('\n')).toMatch(/ok {3}fine/)
    expect(lines.join('\n')).not.toContain('quiet')
  })
})
