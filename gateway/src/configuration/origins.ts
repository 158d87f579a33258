import { type ConfigField, list } from '@headcount/config'

/** What an origin looks like, in words. */
export const originShape = 'an origin as https://app.example'

/** Whether a text is an origin as browsers send it: no path, no slash at its end, no port that is the scheme's own. */
export function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)
}

/** Origins in a setting of the environment, separated by commas. */
export function origins(
  name: string,
  options: { readonly fallback: readonly string[]; readonly doc: string },
): ConfigField<readonly string[]> {
  const words = list(name, options)
  return {
    ...words,
    shape: `${words.shape}, each ${originShape}`,
    read(raw) {
      const found = words.read(raw)
      const other = found.find((word) => !isOrigin(word))
      if (other !== undefined) throw new Error(`${JSON.stringify(other)} is none`)
      return found
    },
  }
}
