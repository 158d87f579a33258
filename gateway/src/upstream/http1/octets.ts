export const TAB = 0x09
export const LF = 0x0a
export const CR = 0x0d
export const SPACE = 0x20
export const COLON = 0x3a
export const SEMICOLON = 0x3b

/** `1` for every octet of a token, https://www.rfc-editor.org/rfc/rfc9110#name-tokens. */
export const isToken = tableOf((octet) => /[!#$%&'*+.^_`|~0-9A-Za-z-]/.test(String.fromCharCode(octet)))

/** `1` for every octet that a header's value may have: no control but the tab. */
export const isValue = tableOf((octet) => octet === TAB || (octet >= SPACE && octet !== 0x7f))

/** The value of a hexadecimal digit, 255 for any other octet. */
export const hexDigit = Uint8Array.from({ length: 256 }, (_, octet) => {
  const digit = Number.parseInt(String.fromCharCode(octet), 16)
  return Number.isNaN(digit) ? 255 : digit
})

function tableOf(has: (octet: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, octet) => (has(octet) ? 1 : 0))
}
