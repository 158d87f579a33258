import { runSchema } from '@headcount/registry/commands'
import type { CheckSettings, Enforcer, Finding } from '../enforcer.ts'

/** schema/ is what composing the subgraphs gives. */
export const supergraph: Enforcer = {
  name: 'supergraph',
  guards: 'the subgraphs compose, and schema/ is what composing them gives',
  run: (root) => schema(root, ['compose', '--check']),
}

/** No change since the base breaks an app. */
export const schemaChanges: Enforcer = {
  name: 'schema-changes',
  guards: 'no change of the graph since the base would break an app',
  run: (root, { base }: CheckSettings) =>
    schema(root, ['check', ...(base === undefined ? [] : ['--base', base])]),
}

async function schema(root: string, argv: string[]): Promise<Finding> {
  let output = ''
  const write = (text: string) => {
    output += `${text}\n`
  }
  const code = await runSchema([...argv, '--root', root], {
    ...{ out: write, err: write },
    ...{ environment: {}, folder: root, home: root },
  })
  return { passed: code === 0, output }
}
