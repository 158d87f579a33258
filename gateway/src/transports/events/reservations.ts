import { ReservedStream } from './reserved-stream.ts'

/** The streams that this process has given tokens for. Only such tokens count: a client can't choose one. */
export class Reservations {
  private readonly byToken = new Map<string, ReservedStream>()

  reserve(): ReservedStream {
    const stream = new ReservedStream(({ token }) => this.byToken.delete(token))
    this.byToken.set(stream.token, stream)
    return stream
  }

  find(token: string | undefined): ReservedStream | undefined {
    return token === undefined ? undefined : this.byToken.get(token)
  }

  get size(): number {
    return this.byToken.size
  }

  close(): void {
    for (const stream of [...this.byToken.values()]) stream.stop()
  }
}
