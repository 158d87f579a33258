import { type ConstDirectiveNode, type DirectiveNode, Kind, type ValueNode } from 'graphql'

/** Something that directives stand on. */
export interface Marked {
  readonly directives?: readonly ConstDirectiveNode[] | undefined
}

/** The directives of a name on an element. */
export function directivesOf({ directives = [] }: Marked, name: string): readonly ConstDirectiveNode[] {
  return directives.filter((directive) => directive.name.value === name)
}

/** The value of an argument; undefined = it is not given. */
export function argumentOf({ arguments: given = [] }: DirectiveNode, name: string): ValueNode | undefined {
  return given.find((argument) => argument.name.value === name)?.value
}

/** A text's or an enum value's letters. */
export function textOf(value: ValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined
}

/** Whether an argument is given as true. */
export function isTrue(value: ValueNode | undefined): boolean {
  return value?.kind === Kind.BOOLEAN && value.value
}

/** Whether an argument is given as false. */
export function isFalse(value: ValueNode | undefined): boolean {
  return value?.kind === Kind.BOOLEAN && !value.value
}
