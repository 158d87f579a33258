/** The codes of an edition's tickets, some of which may not be there yet. */
export interface CodeBook {
  /** The code of a person's ticket, once it is there. Rejects when the registrations broke off. */
  of(person: number): Promise<string>
  put(person: number, code: string): void
  /** Says that no more will come, and why. */
  breakOff(reason: unknown): void
  /** All codes by person; what is not there is undefined. */
  all(): readonly (string | undefined)[]
}

interface Waiter {
  resolve(code: string): void
  reject(reason: unknown): void
}

/** Makes a book that has these codes. */
export function createCodeBook(known: readonly string[] = []): CodeBook {
  const codes: (string | undefined)[] = [...known]
  const waiting = new Map<number, Waiter[]>()
  let broken: { reason: unknown } | undefined
  return {
    of(person) {
      const code = codes[person]
      if (code !== undefined) return Promise.resolve(code)
      if (broken) return Promise.reject(broken.reason)
      const { promise, resolve, reject } = Promise.withResolvers<string>()
      waiting.set(person, [...(waiting.get(person) ?? []), { resolve, reject }])
      return promise
    },
    put(person, code) {
      codes[person] = code
      for (const { resolve } of waiting.get(person) ?? []) resolve(code)
      waiting.delete(person)
    },
    breakOff(reason) {
      broken = { reason }
      for (const { reject } of [...waiting.values()].flat()) reject(reason)
      waiting.clear()
    },
    all: () => codes,
  }
}
