import { ConfigError } from '@headcount/config'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { group, type Place } from './key.ts'
import { type RegistrySettings, settingsKeys } from './settings.ts'

/** The file's path from a repository's root. */
export const settingsFile = 'schema/registry.yaml'

const file = group('', settingsKeys)

type Locate = (path: Place['path']) => string

/**
 * Reads settings that came as JSON (in a request); undefined = all defaults.
 *
 * @throws ConfigError with every fault at once, each with its place
 */
export function readSettings(value: unknown): RegistrySettings {
  return read(value, () => '')
}

/**
 * Reads the text of schema/registry.yaml; an empty one is all defaults.
 *
 * @throws ConfigError with every fault at once, each with its line and column
 */
export function parseSettings(text: string, name: string = settingsFile): RegistrySettings {
  const { value, locate } = parseYaml(text, name)
  return read(value, locate)
}

/** The text's values as JSON, to be sent to a registry. @throws ConfigError where it is no YAML */
export function settingsValue(text: string): unknown {
  return parseYaml(text, settingsFile).value
}

function parseYaml(text: string, name: string) {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${name}:${line}:${col} `
  }
  // The first alone: what comes after it is mostly its consequence.
  const [fault] = document.errors
  if (fault) throw new ConfigError([`${at(fault.pos[0])}${fault.message}`])
  const locate: Locate = (path) => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return at(node.range[0])
    }
    return `${name} `
  }
  return { value: document.toJS({ maxAliasCount: 100 }) as unknown, locate }
}

function read(value: unknown, locate: Locate): RegistrySettings {
  const faults: string[] = []
  const fault: Place['fault'] = (sentence, path) =>
    void faults.push(`${locate(path)}${pathText(path)}: ${sentence}.`)
  const { lint, check, ...rest } = file.read(value ?? {}, { path: [], fault })
  if (faults.length > 0) throw new ConfigError(faults)
  return Object.freeze({ ...rest, check: { ...check, lint } })
}

function pathText(path: Place['path']): string {
  if (path.length === 0) return 'the settings'
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)
}
