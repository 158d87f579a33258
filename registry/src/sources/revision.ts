import { parseSettings, readSettings, settingsFile } from '../settings/read-settings.ts'
import { placeholderUrl, type Subgraph } from '../subgraph.ts'
import { git, gitFiles } from './git.ts'

/**
 * The subgraphs of a commit, as `readWorkingTree` finds them in the files: where that commit's own settings say they are.
 * One that they name and that is not there is left out. Throws a GitError, or a ConfigError for settings that are wrong.
 */
export function readRevision(root: string, commit: string): Subgraph[] {
  const [text] = gitFiles(root, commit, [settingsFile])
  const { subgraphs } =
    text === undefined
      ? readSettings(undefined)
      : parseSettings(text, `${commit.slice(0, 7)}:${settingsFile}`)
  const named = subgraphs ? Object.entries(subgraphs) : foldersOf(root, commit)
  const texts = gitFiles(
    root,
    commit,
    named.map(([, { file }]) => file),
  )
  return named.flatMap(([name, { file, url = placeholderUrl(name) }], at): Subgraph[] => {
    const sdl = texts[at]
    return sdl === undefined ? [] : [{ name, url, sdl, file }]
  })
}

function foldersOf(root: string, commit: string) {
  const files = git(root, 'ls-tree', '-r', '--name-only', '-z', commit, 'subgraphs').split('\0')
  return files.flatMap((file): [string, { file: string; url?: string | undefined }][] => {
    const name = /^subgraphs\/([^/]+)\/schema\.graphql$/.exec(file)?.[1]
    return name === undefined ? [] : [[name, { file }]]
  })
}
