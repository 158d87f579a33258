import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSettings, readSettings, settingsFile } from '../settings/read-settings.ts'
import type { RegistrySettings } from '../settings/settings.ts'
import { placeholderUrl, type Subgraph } from '../subgraph.ts'
import { UnreadableFile } from './unreadable-file.ts'

/** The repository's settings; the defaults where there is no file. Throws a ConfigError. */
export function readWorkingSettings(root: string): RegistrySettings {
  const text = readIfThere(root, settingsFile)
  return text === undefined ? readSettings(undefined) : parseSettings(text)
}

/**
 * The subgraphs that the settings name, else every folder of `<root>/subgraphs` that has a schema.graphql, by name; empty
 * when there is none. Throws an UnreadableFile where a named file is not there.
 */
export function readWorkingTree(root: string, settings = readWorkingSettings(root)): Subgraph[] {
  if (!settings.subgraphs) return foldersOf(root)
  return Object.entries(settings.subgraphs).map(([name, { file, url = placeholderUrl(name) }]) => {
    const sdl = readIfThere(root, file)
    if (sdl === undefined) {
      throw new UnreadableFile(`There is no file ${file}, which ${settingsFile} names for subgraph ${name}`)
    }
    return { name, url, sdl, file }
  })
}

function foldersOf(root: string): Subgraph[] {
  const folder = join(root, 'subgraphs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap((name): Subgraph[] => {
      const file = `subgraphs/${name}/schema.graphql`
      const sdl = readIfThere(root, file)
      return sdl === undefined ? [] : [{ name, url: placeholderUrl(name), sdl, file }]
    })
}

function readIfThere(root: string, file: string): string | undefined {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
