import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** What is read of a service of compose.yaml. */
export interface ComposeService {
  readonly environment?: Readonly<Record<string, string>>
  readonly command?: readonly string[]
  readonly ports?: readonly string[]
  readonly networks?: readonly string[]
  readonly restart?: string
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
}

/** compose.yaml as it is written. */
export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>
}

function read(name: string): string {
  return readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
}

/** Reads compose.yaml; with values, each `${NAME…}` becomes what compose would make of it. */
export function readCompose(values?: Readonly<Record<string, string>>): Compose {
  const tree: unknown = parse(read('compose.yaml'))
  return (values ? interpolate(tree, values) : tree) as Compose
}

// https://docs.docker.com/reference/compose-file/interpolation/ has more forms; these two are in use.
const reference = /\$\{(\w+):([-?])([^}]*)\}/g

function interpolate(node: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof node === 'string') {
    return node.replace(reference, (_, name: string, kind: string, word: string) => {
      const value = values[name]
      if (value) return value
      if (kind === '?') throw new Error(`${name}: ${word}`)
      return word
    })
  }
  if (Array.isArray(node)) return node.map((item) => interpolate(item, values))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, interpolate(value, values)]))
}

/** The names without which compose refuses to start. */
export function mandatoryNames(): string[] {
  const found = [...read('compose.yaml').matchAll(reference)].filter(([, , kind]) => kind === '?')
  return [...new Set(found.map(([, name = '']) => name))].sort()
}

/** The words that the image runs. */
export interface ImageWords {
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly healthcheck: readonly string[]
  readonly users: readonly string[]
}

/** Reads what the last stage of the Dockerfile runs. */
export function readDockerfile(): ImageWords {
  const lastStage =
    read('Dockerfile')
      .split(/^FROM /m)
      .at(-1) ?? ''
  const words = (instruction: RegExp) => {
    const [, json = '[]'] = instruction.exec(lastStage) ?? []
    return JSON.parse(json) as string[]
  }
  return {
    entrypoint: words(/^ENTRYPOINT (\[.*\])$/m),
    command: words(/^CMD (\[.*\])$/m),
    healthcheck: words(/^HEALTHCHECK .*\\\n\s+CMD (\[.*\])$/m),
    users: [...lastStage.matchAll(/^USER (\w+)$/gm)].map(([, user = '']) => user),
  }
}
