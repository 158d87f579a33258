import { type BaseRevision, defaultBase, namedBase } from '../sources/base-revision.ts'
import { readRevision } from '../sources/revision.ts'
import type { Subgraph } from '../subgraph.ts'
import { type OptionValues, type Terminal, UsageError } from './command.ts'

/** The base that a command compares with. */
export interface Base {
  /** For people: `origin/main (1a2b3c4)`. */
  label: string
  subgraphs: Subgraph[]
}

/** The text of `--base` for a command's help. */
export const baseHelp = `  --base REV       compare with this revision; default: where the work left origin/main (or main),
                   on main itself without a remote the commit before`

/** Reads the subgraphs of `--base`, or of the default. Throws a GitError or a UsageError. */
export function readBase({ base }: OptionValues, { root }: Terminal): Base {
  if (base === '') throw new UsageError('--base is empty: name a revision, for example origin/main')
  const revision = base === undefined ? defaultBase(root) : namedBase(root, String(base))
  return { label: labelOf(revision), subgraphs: revision.commit ? readRevision(root, revision.commit) : [] }
}

function labelOf({ commit, label }: BaseRevision): string {
  return commit ? `${label} (${commit.slice(0, 7)})` : label
}
