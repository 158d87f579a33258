import { request } from 'undici'

/** A metric's samples by the service that counts it; without that label under "". */
export async function readMetric(url: string, name: string): Promise<Record<string, number>> {
  const { body } = await request(`${url}/metrics`)
  const samples: Record<string, number> = {}
  for (const line of (await body.text()).split('\n')) {
    if (!line.startsWith(name)) continue
    const [, labels = '', value] = /^\w+(?:\{(.*)\})? (\S+)$/.exec(line) ?? []
    const service = /service="([^"]*)"/.exec(labels)?.[1] ?? ''
    samples[service] = (samples[service] ?? 0) + Number(value)
  }
  return samples
}
