/** What the server is started with, as `-c` options. Not written to its folder, so that a new release can change it. */
export function serverSettings(port: number, durable: boolean): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    // No socket file: who may connect is decided by the password alone, over loopback.
    unix_socket_directories: '',
    max_connections: '240',
    shared_buffers: '128MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    timezone: 'UTC',
    // The answers to clients' own mistakes go to the clients; the log keeps what concerns the server.
    log_min_messages: 'log',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    ...(durable ? DURABLE : THROW_AWAY),
  }
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

// For tests: a crash of the machine may lose everything.
const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
