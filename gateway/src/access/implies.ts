import type { Alternatives, Requirement } from '@headcount/access'

/** Alternatives that a conjunction may have; where there are more, nothing is said to follow from it. */
const mostAlternatives = 256

const isWithin = (inner: readonly string[], outer: readonly string[]) =>
  inner.every((name) => outer.includes(name))

/** Drops alternatives that ask for more than another one. */
function withoutWider(sets: Alternatives): Alternatives {
  return sets.filter(
    (set, index) =>
      !sets.some(
        (other, place) =>
          place !== index && isWithin(other, set) && (other.length < set.length || place < index),
      ),
  )
}

/** What holds when all of them do; undefined = nothing is asked for, or it is too long to tell. */
function conjunction(all: readonly (Alternatives | undefined)[]): Alternatives | undefined {
  let joined: Alternatives | undefined
  for (const sets of all) {
    if (!sets) continue
    if (joined && joined.length * sets.length > mostAlternatives) return undefined
    joined = joined
      ? withoutWider(joined.flatMap((left) => sets.map((right) => [...new Set([...left, ...right])])))
      : sets
  }
  return joined
}

function followsFrom(wanted: Alternatives | undefined, held: Alternatives | undefined): boolean {
  if (!wanted) return true
  return (held ?? [[]]).every((set) => wanted.some((alternative) => isWithin(alternative, set)))
}

/** Whether whoever meets all of the requirements meets the wanted one, too. */
export function isImplied(wanted: Requirement, all: readonly Requirement[]): boolean {
  return (
    (!wanted.isAuthenticated || all.some(({ isAuthenticated }) => isAuthenticated)) &&
    followsFrom(wanted.scopes, conjunction(all.map(({ scopes }) => scopes))) &&
    followsFrom(wanted.policies, conjunction(all.map(({ policies }) => policies)))
  )
}
