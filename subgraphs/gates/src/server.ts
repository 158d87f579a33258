import { openDatabase } from '@headcount/database'
import { createSeal } from '@headcount/seal'
import { createOutbox, createService, type Job, type Parts, type Service } from '@headcount/service'
import type { GatesSettings } from './config.ts'
import { createContext, type Shared } from './context.ts'
import { createBeat } from './domain/beat-occupancy.ts'
import { createZoneCloser } from './domain/close-zones.ts'
import { createDecider } from './domain/decide-attempts.ts'
import { createDeviceBudget } from './domain/device-budget.ts'
import { createDeviceRecheck } from './domain/device-recheck.ts'
import { createSilenceDetector } from './domain/hear-services.ts'
import { createMonthKeeper } from './domain/keep-months.ts'
import { createLearner } from './domain/learn.ts'
import { createManifestSigners, manifestKeysPurpose } from './domain/manifest-signer.ts'
import { createGatePublisher } from './domain/publish-gate.ts'
import { createOccupancyPublisher } from './domain/publish-occupancy.ts'
import { createRecheck } from './domain/recheck-tickets.ts'
import { consumedSubjects, createHandler } from './events.ts'
import type { Resolvers } from './generated/resolvers.ts'
import { Credential } from './resolvers/credential.ts'
import { Device } from './resolvers/device.ts'
import { DeviceStanding } from './resolvers/device-standing.ts'
import { Event } from './resolvers/event.ts'
import { FirstAdmission } from './resolvers/first-admission.ts'
import { Gate } from './resolvers/gate.ts'
import { LedgerEntry } from './resolvers/ledger-entry.ts'
import { Mutation } from './resolvers/mutation.ts'
import { Query } from './resolvers/query.ts'
import { Scan } from './resolvers/scan.ts'
import { ScanAdmitted } from './resolvers/scan-admitted.ts'
import { ScanRejected } from './resolvers/scan-rejected.ts'
import { TicketType } from './resolvers/ticket-type.ts'
import { Zone } from './resolvers/zone.ts'
import { createStore, type Store } from './store/store.ts'

const resolvers: Resolvers = {
  ...{ Query, Mutation, Gate, Scan, ScanAdmitted, ScanRejected, FirstAdmission },
  ...{ Credential, Device, DeviceStanding, Event, TicketType, Zone, LedgerEntry },
}

/** Makes the gates service. */
export async function createGates(settings: GatesSettings, parts: Parts): Promise<Service> {
  const { databaseUrl: url, replicaUrl, maxConnections } = settings
  const { log, now } = parts
  const database = openDatabase({
    ...{ url, maxConnections, log, plansByIndex: true, ...(replicaUrl && { replicaUrl }) },
  })
  const outbox = createOutbox(database)
  const shared = createShared(settings, parts, createStore(database, outbox))
  return createService({
    name: 'gates',
    schemaFile: new URL('../schema.graphql', import.meta.url),
    resolvers,
    database,
    outbox,
    parts,
    context: (base) => createContext(base, shared),
    consumes: { subjects: consumedSubjects, handle: createHandler(shared) },
    jobs: [
      ...[finishing(shared), createBeat({ ...shared, log }), createRecheck({ ...shared, log, now })],
      ...[createDeviceRecheck({ ...shared, log }), createZoneCloser({ ...shared, log })],
      createMonthKeeper({ ...shared, log, keptMonths: settings.ledgerMonths }),
    ],
  })
}

function createShared(settings: GatesSettings, parts: Parts, store: Store): Shared {
  const { log, now, ask, bus, topics } = parts
  const publisher = createOccupancyPublisher({ store, topics, log, now })
  const gatePublisher = createGatePublisher({ topics, log, now })
  const learner = createLearner({ store, ask, publisher, gatePublisher, log, now })
  const decider = createDecider({
    ...{ store, learner, publisher, log },
    isDegraded: createSilenceDetector(bus, now),
    limits: {
      maximumBatch: settings.scanBatch,
      maximumWaiting: settings.scanQueue,
      // More batches at once only wait for one another's processor; some connections are left to reads and the relay.
      concurrency: Math.max(1, Math.min(4, settings.maxConnections - 3)),
    },
  })
  const budget = createDeviceBudget({ scansPerMinute: settings.deviceBudget, now })
  const seal = createSeal(settings.manifestSecret, manifestKeysPurpose)
  const signers = createManifestSigners({ store, seal, now })
  return { store, learner, publisher, gatePublisher, decider, budget, signers, now }
}

/** At the end: first what was taken is decided, then its listeners hear of it. */
function finishing({ decider, publisher }: Shared): Job {
  return {
    start: () => async () => {
      await decider.idle()
      await publisher.stop()
    },
  }
}
