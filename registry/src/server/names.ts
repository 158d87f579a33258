/** What subgraphs and contracts are called. */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/

/** The same in words. */
export const nameTakes = 'takes a letter, then letters, digits, - or _, at most 63 characters'
