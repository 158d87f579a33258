import { expect } from 'vitest'
import { type Answer, type Caller, type Graph, mutationOf } from '../setup/graph.ts'
import type { House } from '../setup/two-tenants.ts'

/** Who asks about what. */
export interface Houses {
  readonly graph: Graph
  /** The asker's own tenant. */
  readonly ours: House
  /** Somebody else's. */
  readonly theirs: House
}

/** The one clear answer that is due. */
export type Due =
  /** An error of the whole field or request, with its code. */
  | { readonly code: string; readonly says?: RegExp }
  /** A member of the result's union that is a Problem; `path` names the refused field. */
  | { readonly member: string; readonly path?: string }
  /** As if it did not exist: null, an empty list, or false. */
  | { readonly nothing: true }

/** One wrong input. */
export interface Case {
  readonly what: string
  readonly ask: (houses: Houses) => Promise<Answer>
  readonly due: Due
}

// These answer their thing itself, not a union.
const PLAIN: Readonly<Record<string, string>> = {
  createDeviceEnrolment:
    'mutation ($input: CreateDeviceEnrolmentInput!) { createDeviceEnrolment(input: $input) { enrolmentToken } }',
  rollDevice: 'mutation ($input: RollDeviceInput!) { rollDevice(input: $input) { enrolmentToken } }',
  revokeDevice: 'mutation ($input: RevokeDeviceInput!) { revokeDevice(input: $input) { id } }',
}

/** A mutation in somebody's name. The fields that were refused are asked for where that is due. */
export function mutation(
  caller: Caller,
  field: string,
  { input, due }: { input: object; due: Due },
): Promise<Answer> {
  const fields = 'path' in due ? '... on ValidationError { fields { path message } }' : ''
  return caller.send(PLAIN[field] ?? mutationOf(field, fields), { input })
}

// What belongs inside: SQL, places in the code, addresses, names of tools.
const LEAKS =
  /\b(select|insert into|update) .* (from|values|set)\b|postgres|prisma|node_modules|node:|\.ts\b|127\.0\.0\.1|ECONN|relation "|stack/i

/** Proves that an answer is the one that is due, one and clear, and tells nothing of the inside. */
export function expectOneClearAnswer(answer: Answer, due: Due): void {
  expect(answer.text).not.toMatch(LEAKS)
  const values = Object.values(answer.data ?? {})
  if ('code' in due) {
    expect(
      answer.errors?.map(({ extensions }) => extensions?.code),
      answer.text,
    ).toEqual([due.code])
    expect(answer.errors?.[0]?.message).toMatch(due.says ?? /\w+ \w+/)
    expect(values.every((value) => value === null)).toBe(true)
    return
  }
  expect(answer.errors, answer.text).toBeUndefined()
  expect(values).toHaveLength(1)
  const [value] = values
  if ('nothing' in due) {
    expect(isNothing(value), answer.text).toBe(true)
    return
  }
  expect(value, answer.text).toMatchObject({
    __typename: due.member,
    message: expect.stringMatching(/\w+ \w+/),
  })
  if (due.path === undefined) return
  const { fields } = value as { fields: readonly { path: string; message: string }[] }
  expect(fields.map(({ path }) => path)).toEqual([due.path])
  expect(fields[0]?.message).toMatch(/\w+ \w+/)
}

function isNothing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null || value === false
  if (Array.isArray(value)) return value.length === 0
  return 'edges' in value && Array.isArray(value.edges) && value.edges.length === 0
}
