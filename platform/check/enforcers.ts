import type { Enforcer } from './enforcer.ts'
import { configDocs } from './rules/config-docs.ts'
import { exportDocs } from './rules/export-docs.ts'
import { graphqlDocs } from './rules/graphql-docs.ts'
import { names } from './rules/names.ts'
import { phrases } from './rules/phrases.ts'
import { sameShape } from './rules/same-shape.ts'
import { schemaChanges, supergraph } from './rules/schemas.ts'
import { tool } from './tool.ts'

const code = [
  'packages',
  'subgraphs',
  'gateway',
  'registry',
  'platform',
  'dashboard',
  'e2e',
  'bench',
  'deploy',
  'examples',
  'codegen.ts',
  'vitest.config.ts',
]

/** Every rule that a machine keeps, the slow ones first: two run at a time. */
export const enforcers: readonly Enforcer[] = [
  tool('database', 'migrations give the very tables that the Prisma schemas describe', [
    'node',
    'packages/database/src/cli.ts',
    'check',
  ]),
  tool('biome', 'format, lint, sizes, names of files', [
    'biome',
    'check',
    '--error-on-warnings',
    '--max-diagnostics=200',
    '.',
  ]),
  tool('dependencies', 'the direction of imports, no cycle, no orphan', [
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    ...code,
  ]),
  tool('knip', 'no file, export or dependency that nobody uses', [
    'knip',
    '--no-config-hints',
    '--no-progress',
  ]),
  tool('types', 'TypeScript, strict', ['tsc', '--project', 'tsconfig.json', '--noEmit']),
  tool('dashboard-types', 'TypeScript of the dashboard, strict', [
    'tsc',
    '--project',
    'dashboard/tsconfig.json',
    '--noEmit',
  ]),
  tool('codegen', 'generated types are what the schemas and operations give', [
    'graphql-codegen',
    '--config',
    'codegen.ts',
    '--check',
    '--errors-only',
  ]),
  tool('documents', 'documents that are written from the code say what the code says', [
    'node',
    'platform/documents/main.ts',
    '--check',
  ]),
  supergraph,
  schemaChanges,
  sameShape,
  graphqlDocs,
  configDocs,
  exportDocs,
  names,
  phrases,
]
