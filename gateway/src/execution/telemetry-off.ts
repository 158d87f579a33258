// ApolloGateway's constructor probes cloud metadata addresses and starts an exporter unless this stands in the
// environment; importing this module first is the one way that no other start-up path can forget it.
// biome-ignore lint/style/noProcessEnv: the library reads it from nowhere else.
process.env.APOLLO_TELEMETRY_DISABLED = '1'
