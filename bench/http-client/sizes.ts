const tiny = JSON.stringify({ data: { me: { name: 'Ada Abel', id: 'prs_0001', age: 36 } } })
const row = { id: 'act_000001', title: 'The act of a number', tags: ['live', 'night'], place: { row: null } }

/** What the server answers, by the last part of the path: 60 octets, and 60 KB. */
export const answers = {
  tiny,
  large: JSON.stringify({ data: { acts: Array.from({ length: 631 }, () => row) } }),
} as const

/** Name of an answer. */
export type Size = keyof typeof answers
