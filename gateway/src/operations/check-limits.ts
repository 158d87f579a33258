import { fail } from '@headcount/errors'
import type { GraphQLError } from 'graphql'
import type { Limits } from '../limits.ts'
import type { DocumentSize } from './measure-document.ts'

const names = {
  depth: 'fields within fields',
  rootFields: 'root fields',
  aliases: 'aliased or repeated fields',
  directives: 'directives',
  fields: 'fields',
} as const

/** The error of the first limit that a size exceeds, or undefined. */
export function sizeProblem(
  size: DocumentSize,
  limits: Limits,
  what = 'The operation has',
): GraphQLError | undefined {
  for (const limit of ['depth', 'rootFields', 'aliases', 'directives', 'fields'] as const) {
    if (size[limit] > limits[limit]) {
      const message = `${what} ${size[limit]} ${names[limit]}; the limit is ${limits[limit]}.`
      return fail('OPERATION_TOO_LARGE', message)
    }
  }
  return undefined
}
