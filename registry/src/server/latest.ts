/** Keeps what was made for the last key: what depends on the live version is made once, however many ask for it. */
export function keepLatest<Key, Value>(
  make: (key: Key) => Value | Promise<Value>,
  sameAs: (key: Key) => unknown,
) {
  let kept: { readonly key: unknown; readonly value: Promise<Value> } | undefined
  return (key: Key): Promise<Value> => {
    const wanted = sameAs(key)
    if (kept && kept.key === wanted) return kept.value
    const made = { key: wanted, value: Promise.resolve().then(() => make(key)) }
    kept = made
    // A failure is not kept: the next one who asks tries again.
    made.value.catch(() => {
      if (kept === made) kept = undefined
    })
    return made.value
  }
}
