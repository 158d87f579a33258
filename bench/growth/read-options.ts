import { numberOption } from '../options/option.ts'
import { type OptionValues, readCommandLine } from '../options/read-command-line.ts'
import { connections, rounds, seconds } from '../options/shared-options.ts'

const options = {
  rounds: rounds(3),
  // `wrk` takes whole seconds alone.
  seconds: seconds(3, true),
  connections: connections(16),
  starts: numberOption('starts', 'cold starts of each graph, of which the median counts', {
    fallback: 3,
    minimum: 1,
    maximum: 20,
    isWhole: true,
  }),
  planningSeconds: numberOption(
    'planning-seconds',
    'no further operation is planned in a graph after so long',
    { fallback: 10, minimum: 0.1, maximum: 600 },
  ),
  mostTypes: numberOption('most-types', 'larger graphs are left out', {
    fallback: 1000,
    minimum: 10,
    maximum: 1000,
  }),
}

/** The words of the command line. */
export function readOptions() {
  return readCommandLine({
    bench: 'growth',
    about:
      'Measures what our gateway costs as graphs grow (10, 100 and 1,000 types; 5, 50 and 200 subgraphs: a small request, an operation never seen, a cold start) and as answers grow (1 KB to 1 MB). The cost of a request is to be linear in the bytes of its answer and the same in every graph.',
    options,
    takes:
      'About five minutes on two cores, six where others work beside it. Composing the large graphs takes one of them the first time; they are kept in .headcount/bench-graphs/.',
    examples: [
      ['', 'All of it.'],
      [
        '--rounds 1 --seconds 1 --starts 1 --most-types 10 --no-file',
        'Whether it works here, in half a minute.',
      ],
    ],
  })
}

/** The words, read. */
export type Options = OptionValues<typeof options>
