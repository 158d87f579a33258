import { type Enforcer, faults } from '../enforcer.ts'
import { lineAt, listFiles, read } from '../tree.ts'

const minimumLength = 10

/** Every setting says what it does: the `doc` of a config field, the comment of an option. */
export const configDocs: Enforcer = {
  name: 'config-docs',
  guards: 'every config field and every option has a text that says what it does',
  run: async (root) => {
    const files = listFiles(root).filter((path) => /\/src\/(config|options)\.ts$/.test(path))
    return faults(
      files.flatMap((path) => [...emptyDocs(path, read(root, path)), ...bareFields(path, read(root, path))]),
    )
  },
}

/** That a field has a `doc` at all is the compiler's affair. */
function emptyDocs(path: string, text: string): string[] {
  return [...text.matchAll(/\bdoc:\s*(['"`])((?:(?!\1).)*)\1/gs)]
    .filter(([, , doc = '']) => doc.trim().length < minimumLength)
    .map((match) => `${path}:${lineAt(text, match.index)}: this doc says nothing`)
}

/** Fields of exported interfaces without a comment of their own. */
function bareFields(path: string, text: string): string[] {
  return [
    ...text.matchAll(/^export interface (\w*(?:Options|Settings|Config))\b[^{]*\{\n(.*?)^\}/gms),
  ].flatMap((match) => {
    const [, owner = '', body = ''] = match
    const from = match.index + match[0].indexOf(body)
    return [...body.matchAll(/(\*\/\n)?^ {2}(?:readonly )?(\w+)\??[:(]/gm)]
      .filter(([, comment]) => comment === undefined)
      .map((field) => `${path}:${lineAt(text, from + field.index)}: ${owner}.${field[2]} has no comment`)
  })
}
