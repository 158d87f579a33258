import { fail } from '@headcount/errors'
import type { DocumentNode, GraphQLError } from 'graphql'
import type { Limits } from '../limits.ts'
import { measureDocument } from './measure-document.ts'

const names = {
  depth: 'fields within fields',
  rootFields: 'root fields',
  aliases: 'aliased or repeated fields',
  directives: 'directives',
  fields: 'fields',
} as const

/** The error of the first limit that a document exceeds, or undefined. */
export function checkLimits(document: DocumentNode, limits: Limits): GraphQLError | undefined {
  const size = measureDocument(document)
  for (const limit of ['depth', 'rootFields', 'aliases', 'directives', 'fields'] as const) {
    if (size[limit] > limits[limit]) {
      const message = `The operation has ${size[limit]} ${names[limit]}; the limit is ${limits[limit]}.`
      return fail('OPERATION_TOO_LARGE', message)
    }
  }
  return undefined
}
