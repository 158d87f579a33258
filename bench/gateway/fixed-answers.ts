const STAGES = 9
const ACTS = 80

const stage = (index: number) => ({
  __typename: 'Stage',
  id: `stg_${index}`,
  name: `Stage ${index}`,
  capacity: 1000,
})
const count = (index: number) => ({ inside: index * 100, load: index / 10 })
const act = (index: number) => ({
  id: `act_${String(index).padStart(6, '0')}`,
  title: `The act of number ${index}`,
  summary: 'Plays for an hour, sometimes longer, and comes back once for what everybody waits for. '.repeat(
    1,
  ),
  startsAt: '2026-11-22T20:00:00+01:00',
  tags: ['live', 'night', 'standing'],
  place: { name: `Stage ${index % STAGES}`, row: null },
})

/**
 * What a subgraph answers: always the same, whatever it is asked in detail, so that it costs next to nothing. Made anew
 * each time, since who merges answers writes into them.
 */
export function fixedAnswer(subgraph: string, query: string): Record<string, unknown> {
  if (subgraph === 'people') return { me: { name: 'Ada Abel' } }
  if (subgraph === 'counts') return { _entities: Array.from({ length: STAGES }, (_, index) => count(index)) }
  if (query.includes('acts')) return { acts: Array.from({ length: ACTS }, (_, index) => act(index)) }
  return { stages: Array.from({ length: STAGES }, (_, index) => stage(index)) }
}
