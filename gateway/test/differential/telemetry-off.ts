// ApolloGateway's constructor calls out unless this is set before the module is loaded: so it is imported first.
process.env['APOLLO_TELEMETRY_DISABLED'] = '1'
