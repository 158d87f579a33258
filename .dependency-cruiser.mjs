// The direction of dependencies, as the house style draws it: main → server → steps | resolvers → domain.
// `pnpm check` runs it over every folder with code; a type-only import counts, except for cycles.

const services = '^(subgraphs/[^/]+|gateway|registry|platform|dashboard)/'
const tests = '(\\.test\\.tsx?$|/tests?/|/testing/|^e2e/|^bench/)'
const generated = '/src/generated/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'packages-know-no-service',
      comment: 'A package serves services; it never imports one.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(subgraphs|gateway|registry|platform|dashboard|e2e|bench)/' },
    },
    {
      name: 'subgraphs-know-no-other-service',
      comment: 'Services talk by GraphQL or by the queue, never by import.',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: services, pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'gateway-knows-no-service',
      comment: 'The gateway runs any supergraph; platform/ does the wiring.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: services, pathNot: '^gateway/' },
    },
    {
      name: 'registry-knows-no-service',
      comment: 'The registry reads schema texts, not services.',
      severity: 'error',
      from: { path: '^registry/' },
      to: { path: services, pathNot: '^registry/' },
    },
    {
      name: 'dashboard-knows-the-graph-alone',
      comment:
        'Pages speak GraphQL with the gateway and import nothing of the server. Three packages are made for browsers too.',
      severity: 'error',
      from: { path: '^dashboard/' },
      to: {
        path: '^(packages|subgraphs|gateway|registry|platform)/',
        pathNot: '^packages/(live-client|registry-api|scanner)/',
      },
    },
    {
      name: 'domain-is-pure',
      comment:
        'Rules know no transport, no database, no queue and no file that calls them; a shape (import type) is fine.',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/src/domain/', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypesNot: ['type-only'],
        path: [
          '/node_modules/(graphql-yoga|@prisma|prisma|pg|nats|ioredis|graphql-redis-subscriptions)/',
          '^packages/(database|messaging|live)/',
          '^subgraphs/[^/]+/src/(generated/prisma|store|resolvers|loaders|events|context|server|main|config)[./]',
        ],
      },
    },
    {
      name: 'resolvers-ask-the-store',
      comment: 'Only the store speaks Prisma and SQL.',
      severity: 'error',
      from: {
        path: '^subgraphs/[^/]+/src/',
        pathNot: `^subgraphs/[^/]+/src/store[./]|${generated}|\\.test\\.ts$`,
      },
      to: { path: ['/node_modules/(@prisma|prisma|pg)/', '^subgraphs/[^/]+/src/generated/prisma/'] },
    },
    {
      name: 'nothing-ships-with-tests',
      comment: 'What tests need is not part of a service.',
      severity: 'error',
      from: { pathNot: `${tests}|^vitest\\.config\\.ts$|/cli\\.ts$` },
      to: { path: tests, pathNot: '/node_modules/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle is two files with one idea, or one idea in two files.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports, and that nobody runs, is dead.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: `${tests}|${generated}|/(main|cli|index|server)\\.tsx?$|^examples/|\\.config\\.ts$|\\.d\\.ts$|^codegen\\.ts$`,
      },
      to: {},
    },
    {
      name: 'no-unknown-imports',
      comment: 'What is imported must be there.',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        // The second has types alone, which this tool does not look for; tsc does.
        pathNot: '^(node:|virtual:|@graphql-typed-document-node/core$)',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|\\.headcount)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
    skipAnalysisNotInRules: true,
    progress: { type: 'none' },
  },
}
