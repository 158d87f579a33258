import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { preset as clientPreset } from '@graphql-codegen/client-preset'

// Types from the GraphQL contracts. `pnpm codegen` writes them, `pnpm check` fails when they are stale.
// Every folder of subgraphs/ that has a schema.graphql is a subgraph; a new one needs no line here.

const header = '// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.\n'

// The DateTime scalar parses to a Date and serializes one. _FieldSet is federation's own.
const serverScalars = { DateTime: 'Date', ID: 'string', _FieldSet: 'string' }
// In a browser a DateTime is the RFC 3339 text that the response carries.
const clientScalars = { DateTime: 'string', ID: 'string' }

const subgraphs = readdirSync('subgraphs').filter((name) => existsSync(`subgraphs/${name}/schema.graphql`))

/** What resolvers return for a type: `{ "Event": "../store.ts#EventRow" }`, paths as seen from src/generated/. */
function readMappers(subgraph: string): Record<string, string> {
  const file = `subgraphs/${subgraph}/codegen.mappers.json`
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function resolverTypes(subgraph: string): CodegenConfig['generates'] {
  return {
    [`subgraphs/${subgraph}/src/generated/resolvers.ts`]: {
      schema: `subgraphs/${subgraph}/schema.graphql`,
      plugins: [{ add: { content: header } }, 'typescript', 'typescript-resolvers'],
      config: {
        federation: true, // __resolveReference, _entities and the federation directives
        contextType: '../context.ts#Context',
        mappers: readMappers(subgraph),
        scalars: serverScalars,
        strictScalars: true, // a scalar without a type above is an error, not `any`
        enumsAsTypes: true,
        useTypeImports: true,
        // A row's optional field may be absent or undefined (exactOptionalPropertyTypes tells them apart).
        maybeValue: 'T | null | undefined',
        inputMaybeValue: 'T | null | undefined',
        // A member of a union says its __typename, so no __resolveType is written.
        resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
        optionalResolveType: true,
      },
    },
  }
}

const generatedCode = 'dashboard/src/generated/'
const manifest = 'schema/documents/dashboard.json'

/**
 * The client preset, but for where it writes: the manifest goes to the schema's other files, and a tag function for texts
 * in the code is not written, since no page has any.
 */
const trustedDocuments: typeof clientPreset = {
  ...clientPreset,
  buildGeneratesSection: async (options) => {
    const files = await clientPreset.buildGeneratesSection(options)
    return files.flatMap((file) => {
      if (file.filename === `${generatedCode}graphql.ts`) return [file]
      return file.filename === `${generatedCode}persisted-documents.json`
        ? [{ ...file, filename: manifest }]
        : []
    })
  },
}

function dashboardOperations(): CodegenConfig['generates'] {
  if (!existsSync('schema/api.graphql') || !existsSync('dashboard/src')) return {}
  return {
    [generatedCode]: {
      preset: trustedDocuments,
      schema: 'schema/api.graphql',
      documents: 'dashboard/src/**/*.graphql',
      presetConfig: {
        fragmentMasking: false,
        // Pages send `documentId` alone; the ids with their texts are what a platform lets through.
        persistedDocuments: { mode: 'replaceDocumentWithHash', hashPropertyName: 'documentId' },
      },
      config: { scalars: clientScalars, strictScalars: true, enumsAsTypes: true, useTypeImports: true },
    },
  }
}

const config: CodegenConfig = {
  importExtension: '.ts',
  ignoreNoDocuments: true,
  generates: Object.assign(dashboardOperations(), ...subgraphs.map(resolverTypes)),
}

export default config
