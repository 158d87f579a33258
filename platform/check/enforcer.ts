/** What one enforcer found. */
export interface Finding {
  passed: boolean
  /** All that a person needs to mend it; shown only when it failed. */
  output: string
}

/** A rule of the house and the machine that enforces it. */
export interface Enforcer {
  /** One word for the command line and the result's line. */
  name: string
  /** What it guards, for `--list`. */
  guards: string
  /** Looks at the tree below `root` and changes nothing there. */
  run(root: string, settings: CheckSettings): Promise<Finding>
}

/** What a person may say about a run. */
export interface CheckSettings {
  /** The revision that schemas are compared with; default: the registry's own choice. */
  base?: string | undefined
}

/** A finding from a list of faults, each one line: what is wrong and where. */
export function faults(found: readonly string[]): Finding {
  return { passed: found.length === 0, output: found.map((line) => `${line}\n`).join('') }
}
