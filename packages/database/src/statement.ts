import pg from 'pg'

/** One statement on its way to a server. */
export interface Statement {
  /** The text as sent, parameters as `$1`. */
  sql: string
  /** `control` opens, ends or marks a transaction (BEGIN, COMMIT, SAVEPOINT, SET TRANSACTION and so on). */
  kind: 'control' | 'query'
  /** The server that gets it. */
  server: 'primary' | 'replica'
}

/** Called before a statement is sent. What it throws reaches the caller of the statement. */
export type StatementListener = (statement: Statement) => void

const CONTROL = /^\s*(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET TRANSACTION)\b/i

/**
 * A `pg.Client` class that tells every statement to the listeners. All of them pass here, Prisma's too, since
 * a pool sends by its clients alone.
 */
export function listenedClient(server: Statement['server'], listeners: ReadonlySet<StatementListener>) {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  return class ListenedClient extends pg.Client {
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of pg's own signature cannot be spelt in a subclass
    override query(...args: any[]): any {
      if (listeners.size > 0) {
        const sql = textOf(args[0])
        const statement: Statement = { sql, kind: CONTROL.test(sql) ? 'control' : 'query', server }
        for (const listener of listeners) listener(statement)
      }
      return query.apply(this, args)
    }
  }
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement
  const { text } = statement as { text?: unknown }
  return typeof text === 'string' ? text : ''
}
