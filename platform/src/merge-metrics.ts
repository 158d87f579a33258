/**
 * One Prometheus text of several. A metric that stands in more than one of them keeps one HELP and TYPE line, as the
 * format demands, with all samples below. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function mergeMetrics(texts: readonly string[]): string {
  const blocks = new Map<string, { head: string[]; samples: string[] }>()
  for (const text of texts) {
    let block = { head: [] as string[], samples: [] as string[] }
    for (const line of text.split('\n')) {
      const [, name] = /^# (?:HELP|TYPE) (\S+)/.exec(line) ?? []
      if (name !== undefined) {
        block = blocks.get(name) ?? { head: [], samples: [] }
        blocks.set(name, block)
        if (!block.head.some((known) => known.slice(0, 6) === line.slice(0, 6))) block.head.push(line)
      } else if (line !== '') {
        block.samples.push(line)
      }
    }
  }
  return [...blocks.values()].map(({ head, samples }) => [...head, ...samples, ''].join('\n')).join('\n')
}
