import { below, FromEnvironment, type Place } from './field.ts'

/** `${NAME}`; `$${` stands for a `${` that is meant as such. */
const reference = /\$\$\{|\$\{([^}]*)\}/g

function substituteText(text: string, environment: Environment, place: Place): unknown {
  if (!text.includes('${')) return text
  let isSubstituted = false
  let isMissing = false
  const result = text.replaceAll(reference, (whole, name: string | undefined) => {
    if (name === undefined) return '${'
    isSubstituted = true
    const value = /^\w+$/.test(name) ? environment[name] : undefined
    if (value === undefined || value === '') {
      isMissing = true
      place.fault(`${place.path} asks for ${whole}: the environment has nothing by that name`)
    }
    return value ?? ''
  })
  return isSubstituted ? new FromEnvironment(result, isMissing) : result
}

/** Names and values of a process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Puts values of the environment where the file's texts name them. Names that are not there are faults. */
export function substitute(value: unknown, environment: Environment, place: Place): unknown {
  if (typeof value === 'string') return substituteText(value, environment, place)
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => substitute(one, environment, below(place, index)))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, substitute(one, environment, below(place, key))]),
  )
}
