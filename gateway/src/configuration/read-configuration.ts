import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConfigError } from '@headcount/config'
import { parseDocument } from 'yaml'
import { type Configuration, configurationFile } from './configuration.ts'
import type { Place } from './field.ts'
import { type Environment, substitute } from './substitute.ts'

interface Source {
  readonly text: string
  /** Paths in the text start here. */
  readonly folder: string
  readonly environment: Environment
}

function syntaxFault({ message }: Error): string {
  const [sentence = ''] = message.split('\n', 1)
  return `The file is no YAML: ${sentence.replace(/:$/, '')}. Texts with \${ or {} in them need quotes within { } and [ ].`
}

/**
 * Reads the text of a gateway's file, YAML or JSON; an empty one is all defaults.
 *
 * @throws ConfigError with every fault at once
 */
export function readConfiguration({ text, folder, environment }: Source): Configuration {
  const faults: string[] = []
  const place: Place = {
    path: '',
    folder,
    fault: (sentence) => void faults.push(sentence.endsWith('?') ? sentence : `${sentence}.`),
  }
  const document = parseDocument(text, { prettyErrors: true, merge: true })
  const [syntaxError] = document.errors
  // The first alone: what comes after it is mostly its consequence.
  if (syntaxError) throw new ConfigError([syntaxFault(syntaxError)])
  const values = substitute(document.toJS({ maxAliasCount: 1_000 }), environment, place)
  const configuration = configurationFile.read(values, place)
  if (faults.length > 0) throw new ConfigError(faults)
  return configuration
}

/**
 * Reads a gateway's file.
 *
 * @throws ConfigError with every fault at once, or when there is no such file
 */
export async function readConfigurationFile(file: string, environment: Environment): Promise<Configuration> {
  const path = resolve(file)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new ConfigError([
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    ])
  }
  return readConfiguration({ text, folder: dirname(path), environment })
}
