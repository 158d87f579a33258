/** What makes each loader of a request. */
type Makers<Source, Loaders> = { readonly [Name in keyof Loaders]: (source: Source) => Loaders[Name] }

/** What the loaders of a request have in common. */
export interface Forgetful {
  /** Drops all loaders and what they read: after a mutation, so that what follows in its document reads anew. */
  forget(): void
}

/**
 * Makes a function that answers the loaders of one request, each made when it is first asked for. Hot path: most requests
 * need few of many, and a DataLoader with its cache is half a kilobyte.
 */
export function loadersWhenUsed<Source, Loaders extends object>(
  makers: Makers<Source, Loaders>,
): (source: Source) => Loaders & Forgetful {
  class Made implements Forgetful {
    readonly #source: Source
    #made: { [Name in keyof Loaders]?: Loaders[Name] } = {}

    constructor(source: Source) {
      this.#source = source
    }

    forget(): void {
      this.#made = {}
    }

    static loader(one: Made, name: keyof Loaders): Loaders[keyof Loaders] {
      const loader = one.#made[name] ?? makers[name](one.#source)
      one.#made[name] = loader
      return loader
    }
  }
  for (const name of Object.keys(makers) as (keyof Loaders)[]) {
    const get = function get(this: Made) {
      return Made.loader(this, name)
    }
    Object.defineProperty(Made.prototype, name, { get, enumerable: true })
  }
  return (source) => new Made(source) as Made & Loaders
}
