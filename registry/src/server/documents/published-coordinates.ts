import { operationCoordinates } from '@headcount/coordinates'
import { buildSchema, type GraphQLSchema, parse } from 'graphql'
import { sendableCoordinates } from '../../weighing/sendable.ts'
import { mapInSlices } from '../in-slices.ts'
import { keepLatest } from '../latest.ts'
import type { LiveSchema } from '../live/live-schema.ts'
import type { DocumentParts } from './document-parts.ts'
import { readServed } from './served-documents.ts'

/** Makes the reader of the elements that trusted documents use or could send in variables. */
export function publishedCoordinates({
  database,
  live,
}: Pick<DocumentParts, 'database' | 'live'>): (schema: LiveSchema) => Promise<ReadonlySet<string>> {
  return keepLatest(
    async ({ sdl }: LiveSchema) => {
      const schema = buildSchema(sdl, { assumeValid: true })
      const used = await mapInSlices(await readServed(database), ({ text }) => coordinatesOf(schema, text))
      return new Set(used.flat())
    },
    ({ number }) => `${number} ${live.state?.documents}`,
  )
}

function coordinatesOf(schema: GraphQLSchema, text: string): string[] {
  const document = parse(text)
  return [...operationCoordinates(schema, document), ...sendableCoordinates(schema, document)]
}
