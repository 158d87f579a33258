import type { ReactNode } from 'react'

/** What a list of facts is made of. */
export type FactsOf = readonly (readonly [name: string, value: ReactNode])[]

/** Names with what is known of each; what is not known (undefined, null, false, an empty text) has no line. */
export function Facts({ of }: { of: FactsOf }) {
  return (
    <dl className="facts">
      {of.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
