import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { placeholderUrl, type Subgraph } from '../subgraph.ts'

/** Every folder of `<root>/subgraphs` that has a schema.graphql, by name; empty when there is none. */
export function readWorkingTree(root: string): Subgraph[] {
  const folder = join(root, 'subgraphs')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap((name): Subgraph[] => {
      const file = `subgraphs/${name}/schema.graphql`
      const path = join(root, file)
      if (!existsSync(path)) return []
      return [{ name, url: placeholderUrl(name), sdl: readFileSync(path, 'utf8'), file }]
    })
}
