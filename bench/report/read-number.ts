/** An option's number within its limits. @throws Error that says what it takes */
export function readNumber(
  option: string,
  text: string,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= minimum && value <= maximum)) {
    throw new Error(`--${option} is "${text}"; it takes a number from ${minimum} to ${maximum}.`)
  }
  return value
}
