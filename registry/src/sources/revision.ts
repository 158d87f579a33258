import { placeholderUrl, type Subgraph } from '../subgraph.ts'
import { git } from './git.ts'

/** The subgraphs of a commit, as `readWorkingTree` finds them in the files. Throws a GitError. */
export function readRevision(root: string, commit: string): Subgraph[] {
  const files = git(root, 'ls-tree', '-r', '--name-only', commit, 'subgraphs').split('\n')
  return files.flatMap((file): Subgraph[] => {
    const name = /^subgraphs\/([^/]+)\/schema\.graphql$/.exec(file)?.[1]
    if (name === undefined) return []
    return [{ name, url: placeholderUrl(name), sdl: git(root, 'show', `${commit}:./${file}`), file }]
  })
}
