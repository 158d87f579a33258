import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { ReportedOperation, UsageAnswer, UsageReport } from '@headcount/registry-api'
import { vi } from 'vitest'
import { httpUsageSink, type UsageOptions } from '../src/index.ts'

type How = 'takes' | 'is down' | 'loses its answers' | 'hangs'

/** A registry that takes reports of usage, and knows a report by its gateway and number as a real one does. */
export class UsageRegistry {
  how: How = 'takes'
  /** What it answers next as unknown. */
  unknown: string[] = []
  /** Every report that came whole, repeated ones too. */
  readonly came: UsageReport[] = []
  readonly authorizations: (string | undefined)[] = []
  url = ''
  private readonly server = createServer((request, response) => void this.answer(request, response))

  async listen(): Promise<this> {
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/registry`
    return this
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** For a gateway that reports twenty times a second. */
  options(more: Partial<UsageOptions> = {}): UsageOptions {
    return { sink: httpUsageSink({ url: this.url, token: 'hcr_test' }), intervalMs: 50, ...more }
  }

  /** Each report once. */
  get reports(): UsageReport[] {
    return [...new Map(this.came.map((one) => [`${one.gateway} ${one.sequence}`, one])).values()]
  }

  /** All that was told of operations, the latest word on each. */
  get operations(): ReportedOperation[] {
    const told = this.reports.flatMap(({ operations }) => operations)
    return [...new Map(told.map((one) => [one.id, one])).values()]
  }

  /** How often an operation of a name was told. */
  told(name: string): number {
    return this.reports.flatMap(({ operations }) => operations).filter((one) => one.name === name).length
  }

  get uncounted(): number {
    return this.reports.reduce((sum, one) => sum + one.uncounted, 0)
  }

  /** Sums by operation (its name, else its text) and client: `[requests, errors]`. */
  get sums(): Record<string, [number, number]> {
    const sums: Record<string, [number, number]> = {}
    const names = new Map(this.operations.map(({ id, name, text: body }) => [id, name ?? body]))
    for (const { operation, client, requests, errors, latencies } of this.reports.flatMap(
      (one) => one.counts,
    )) {
      if (latencies.reduce((sum, one) => sum + one, 0) !== requests)
        throw new Error('latencies do not sum up')
      const who = client.name === '' && client.version === '' ? '' : ` by ${client.name} ${client.version}`
      const key = `${names.get(operation) ?? operation}${who}`
      const [before, wrong] = sums[key] ?? [0, 0]
      sums[key] = [before + requests, wrong + errors]
    }
    return sums
  }

  /** All requests that were counted. */
  get requests(): number {
    return Object.values(this.sums).reduce((sum, [requests]) => sum + requests, 0)
  }

  /** What was told of an operation of a name, beside its own coordinates. */
  inputs(name: string): string[] {
    const ids = this.operations.filter((one) => one.name === name).map(({ id }) => id)
    const inputs = this.reports
      .flatMap((one) => one.inputs)
      .filter(({ operation }) => ids.includes(operation))
    return inputs.flatMap(({ coordinates }) => coordinates).sort()
  }

  until(check: () => void, timeout = 5_000): Promise<void> {
    return vi.waitFor(check, { timeout, interval: 20 })
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.how === 'is down') return void request.socket.destroy()
    if (request.method !== 'POST' || request.url !== '/registry/usage')
      return void response.writeHead(404).end()
    this.authorizations.push(request.headers.authorization)
    this.came.push(JSON.parse(await text(request)) as UsageReport)
    if (this.how === 'hangs') return
    if (this.how === 'loses its answers') return void request.socket.destroy()
    const answer: UsageAnswer = { unknown: this.unknown.splice(0) }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }
}
