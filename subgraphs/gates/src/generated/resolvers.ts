// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Reference, DeviceRow, NamedReference, ZoneReference } from '../store/rows.ts';
import type { Standing } from '../domain/device-heartbeat.ts';
import type { OccupancyRow } from '../store/occupancy.ts';
import type { FirstAdmissionRow, ScanRow } from '../domain/ledger.ts';
import type { GateRow } from '../domain/ground.ts';
import type { LedgerEntryRow } from '../store/ledger-entries.ts';
import type { RecordedScan } from '../domain/record-scan.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null | undefined;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment: RFC 3339 with offset, for example 2026-11-22T18:30:00.000Z. */
  DateTime: { input: Date; output: Date; }
  _FieldSet: { input: string; output: string; }
};

/** Who did something. */
export type Actor = {
  __typename?: 'Actor';
  /** Its id. */
  id: Scalars['ID']['output'];
  /** What it is. */
  kind: ActorKind;
};

/** What somebody is who does something. */
export type ActorKind =
  /** A program with a key of its own. */
  | 'API_KEY'
  /** A scanner. */
  | 'DEVICE'
  /** The platform itself. */
  | 'SERVICE'
  /** A person. */
  | 'USER';

/** Which devices scan at which gates. */
export type AssignDevicesInput = {
  /** 1 to 200 devices. */
  deviceIds: Array<Scalars['ID']['input']>;
  /** Up to 50 gates of one event; empty = none. */
  gateIds: Array<Scalars['ID']['input']>;
};

/** How an assignment ended. */
export type AssignDevicesResult = AssignedDevices | Conflict | Forbidden | NotFound | ValidationError;

/** The devices as they are assigned now. */
export type AssignedDevices = {
  __typename?: 'AssignedDevices';
  /** The devices. */
  devices: Array<Device>;
};

/** The thing has changed since you read it, or its state does not allow this. */
export type Conflict = Problem & {
  __typename?: 'Conflict';
  /** What stands in the way. */
  message: Scalars['String']['output'];
  /** The version that is current now; 0 where the thing has none. */
  version: Scalars['Int']['output'];
};

/** What lets a body through a gate. */
export type Credential = {
  __typename?: 'Credential';
  /** Its first admission. */
  firstAdmission?: Maybe<FirstAdmission>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Whether its holder is inside now; null when gates does not know it. */
  inside?: Maybe<Scalars['Boolean']['output']>;
  /** Whether the device that asks has scanned it in the last 60 s; for services. */
  scannedJustNowBy?: Maybe<Scalars['Boolean']['output']>;
  /** Its attempts, the latest first. */
  scans?: Maybe<ScanConnection>;
};


/** What lets a body through a gate. */
export type CredentialScannedJustNowByArgs = {
  deviceId: Scalars['ID']['input'];
};


/** What lets a body through a gate. */
export type CredentialScansArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** A scanner that people carry or that stands in a lane. */
export type Device = {
  __typename?: 'Device';
  /** Version of its program. */
  appVersion?: Maybe<Scalars['String']['output']>;
  /** Charge of its battery, 0 to 100. */
  batteryPercent?: Maybe<Scalars['Int']['output']>;
  /** Its clock less the server's at the last scan, in milliseconds. */
  clockSkewMs?: Maybe<Scalars['Int']['output']>;
  /** Whether it is at work: heard within 60 s. */
  connectivity: DeviceConnectivity;
  /** The first gate that it is assigned to. */
  gate?: Maybe<Gate>;
  /** All gates that it is assigned to. */
  gates: Array<Gate>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** When it was last heard. */
  lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** The highest `deviceSeq` that was recorded. */
  lastSeq: Scalars['Int']['output'];
  /** How many numbers are missing in all. */
  missingCount: Scalars['Int']['output'];
  /** Numbers below `lastSeq` that were not received, at most 1,000 ranges. */
  missingSeqs: Array<SeqRange>;
  /** How many attempts it said were waiting on it. */
  waiting: Scalars['Int']['output'];
};

/** Whether a device is at work. */
export type DeviceConnectivity =
  /** Heard within the last 60 s, with attempts that wait to be uploaded. */
  | 'CATCHING_UP'
  /** Not heard for 10 minutes, or never. */
  | 'OFFLINE'
  /** Heard within the last 60 s, with nothing waiting on it. */
  | 'ONLINE'
  /** Not heard for 60 s. */
  | 'STALE';

/** How a device is. */
export type DeviceHeartbeatInput = {
  /** Version of its program, at most 50 characters. */
  appVersion?: InputMaybe<Scalars['String']['input']>;
  /** Charge of its battery, 0 to 100. */
  batteryPercent?: InputMaybe<Scalars['Int']['input']>;
  /** When it is sent, by the device's clock. */
  sentAt: Scalars['DateTime']['input'];
  /** How many attempts wait on it to be uploaded. */
  waiting?: Scalars['Int']['input'];
};

/** How a sign of life was taken. */
export type DeviceHeartbeatResult = DeviceStanding | Forbidden | RateLimited | ValidationError;

/** What a device should know of itself. */
export type DeviceStanding = {
  __typename?: 'DeviceStanding';
  /** The device. */
  device: Device;
  /** How many numbers are missing in all. */
  missingCount: Scalars['Int']['output'];
  /** Numbers below the last one that were not received, at most 1,000 ranges. */
  missingSeqs: Array<SeqRange>;
  /** The server's time. */
  serverTime: Scalars['DateTime']['output'];
};

/** An event: what people come to, with its zones and ticket types. */
export type Event = {
  __typename?: 'Event';
  /** Distinct credentials with at least one admission that was not undone. */
  admitted?: Maybe<Scalars['Int']['output']>;
  /** Its gates, by name. */
  gates?: Maybe<Array<Gate>>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Bodies inside. */
  inside?: Maybe<Scalars['Int']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
};

/** An event's counts at one `seq`. */
export type EventOccupancy = {
  __typename?: 'EventOccupancy';
  /** Distinct credentials with at least one admission that was not undone. */
  admitted: Scalars['Int']['output'];
  /** When this was true; older than 6 s = stale. */
  asOf: Scalars['DateTime']['output'];
  /** The event. */
  event?: Maybe<Event>;
  /** Each gate, by name. */
  gates: Array<GateCount>;
  /** Bodies inside, wherever. */
  inside: Scalars['Int']['output'];
  /** True when `afterSeq` was above the server's: start again from here. */
  reset: Scalars['Boolean']['output'];
  /** `ledgerSeq` of the last row counted in; never falls. */
  seq: Scalars['Int']['output'];
  /** Each zone, by name. */
  zones: Array<ZoneOccupancy>;
};

/** One refused field of an input. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** What it held and what would be accepted. */
  message: Scalars['String']['output'];
  /** The field's path within `input`, joined by dots: `holder.email`. */
  path: Scalars['String']['output'];
};

/** The first admission of a credential. */
export type FirstAdmission = {
  __typename?: 'FirstAdmission';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** By which device; null when a person scanned. */
  device?: Maybe<Device>;
  /** Where. */
  gate: Gate;
};

/** You may use the operation, but not on this. */
export type Forbidden = Problem & {
  __typename?: 'Forbidden';
  /** Which right is missing. */
  message: Scalars['String']['output'];
};

/** A way between two zones, or between a zone and the outside. */
export type Gate = {
  __typename?: 'Gate';
  /** The devices that may scan here. */
  devices?: Maybe<Array<Device>>;
  /** Admitted entries in the last 60 s. */
  entriesPerMinute: Scalars['Float']['output'];
  /** The event it belongs to. */
  event?: Maybe<Event>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** How many lanes it has. */
  lanes: Scalars['Int']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** What it lets through. */
  status: GateStatus;
  /** The ticket types it admits; empty = all. */
  ticketTypes: Array<TicketType>;
  /** The zone it leads from; null = outside. */
  zoneFrom?: Maybe<Zone>;
  /** The zone it leads to; null = outside. */
  zoneTo?: Maybe<Zone>;
};

/** A gate's counts. */
export type GateCount = {
  __typename?: 'GateCount';
  /** Admitted entries since the event began. */
  entries: Scalars['Int']['output'];
  /** Admitted entries in the last 60 s. */
  entriesPerMinute: Scalars['Float']['output'];
  /** Admitted exits since the event began. */
  exits: Scalars['Int']['output'];
  /** The gate. */
  gate: Gate;
  /** Refused attempts since the event began. */
  rejected: Scalars['Int']['output'];
};

/** What a gate lets through. */
export type GateStatus =
  /** Nobody. */
  | 'CLOSED'
  /** All exits, whatever stands against them; no entries. */
  | 'EMERGENCY'
  /** Both ways. */
  | 'OPEN_BOTH'
  /** Entries. */
  | 'OPEN_ENTRY'
  /** Exits. */
  | 'OPEN_EXIT'
  /** Nobody for the moment. */
  | 'PAUSED';

/** The same idempotency key came with another body. */
export type IdempotencyConflict = Problem & {
  __typename?: 'IdempotencyConflict';
  /** Which key, and what differs. */
  message: Scalars['String']['output'];
};

/** A page of the ledger. */
export type LedgerConnection = {
  __typename?: 'LedgerConnection';
  /** The rows with their cursors. */
  edges: Array<LedgerEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** A row in a page. */
export type LedgerEdge = {
  __typename?: 'LedgerEdge';
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The row. */
  node: LedgerEntry;
};

/** One row of an event's ledger. Never changed. */
export type LedgerEntry = {
  __typename?: 'LedgerEntry';
  /** Who did it. */
  actor: Actor;
  /** Bodies that it took out, of resets and automatic exits. */
  bodies?: Maybe<Scalars['Int']['output']>;
  /** Where. */
  gate?: Maybe<Gate>;
  /** What it says. */
  kind: LedgerKind;
  /** Its number in the event's one gapless sequence. */
  ledgerSeq: Scalars['Int']['output'];
  /** Why, where somebody said so. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When it was written. */
  recordedAt: Scalars['DateTime']['output'];
  /** The attempt that it is, or is about. */
  scan?: Maybe<Scan>;
};

/** What a row of the ledger says. */
export type LedgerKind =
  /** The platform took bodies out, at a zone's closing time or at the event's end. */
  | 'AUTO_EXIT'
  /** A supervisor counted a quarantined upload. */
  | 'COUNTED'
  /** A supervisor dismissed a quarantined upload. */
  | 'DISMISSED'
  /** The event changed. */
  | 'EVENT_CHANGED'
  /** A gate was made or changed. */
  | 'GATE_CHANGED'
  /** A gate got another state. */
  | 'GATE_STATUS'
  /** A device had not let in whom the server had admitted. */
  | 'NOT_ENTERED'
  /** A device had let in whom the server had refused. */
  | 'OFFLINE_ADMISSION'
  /** Somebody took bodies out. */
  | 'RESET'
  /** An attempt. */
  | 'SCAN'
  /** A supervisor took an admission back. */
  | 'UNDO'
  /** A zone changed. */
  | 'ZONE_CHANGED';

/** What is to come out of all pages. */
export type ManifestCompleteness = {
  __typename?: 'ManifestCompleteness';
  /** Sum modulo 2^32 of the first four bytes of each ticket's code hash. */
  sum: Scalars['Float']['output'];
  /** How many tickets. */
  tickets: Scalars['Int']['output'];
};

/** A public key that verifies ticket codes. */
export type ManifestKey = {
  __typename?: 'ManifestKey';
  /** Its id, which stands in the code. */
  id: Scalars['ID']['output'];
  /** Ed25519, base64url SPKI. */
  publicKey: Scalars['String']['output'];
};

/** A page of what a device needs to decide without the server. */
export type ManifestPage = {
  __typename?: 'ManifestPage';
  /** When this was so. */
  asOf: Scalars['DateTime']['output'];
  /** How many tickets the event has, and a sum over all of them at the moment of this page: a device that has all pages, this one the last, comes to the same. */
  completeness: ManifestCompleteness;
  /** Where to go on. */
  cursor: Scalars['String']['output'];
  /** The event. */
  eventId: Scalars['ID']['output'];
  /** The whole ground: event, zones, gates, ticket types, the device and its gates. Small, so that each page has all of it. JSON; its form is that of `packages/scanner`. */
  ground: Scalars['String']['output'];
  /** Whether more pages follow now. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Public keys that verify ticket codes. */
  keys: Array<ManifestKey>;
  /** Ed25519 over the page and the cursor that it follows, base64url; see `packages/scanner`. */
  signature: Scalars['String']['output'];
  /** Public key of the signature, base64url SPKI. */
  signedBy: Scalars['String']['output'];
  /** Tickets that changed since the cursor, in the order of their changes. One may come twice: the later one counts. */
  tickets: Array<ManifestTicket>;
};

/** A ticket as a scanner knows it. */
export type ManifestTicket = {
  __typename?: 'ManifestTicket';
  /** The first 16 characters of its code's SHA-256 in base64url. */
  codeHash: Scalars['String']['output'];
  /** Its id. */
  credentialId: Scalars['ID']['output'];
  /** Why it is pending: NOT_PAID or NOT_APPROVED. */
  pendingReason?: Maybe<ScanReason>;
  /** Its state. */
  status: TicketStatus;
  /** Its kind. */
  ticketTypeId: Scalars['ID']['output'];
  /** When it expires. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Says at which gates devices may scan; replaces what was assigned before. */
  assignDevices?: Maybe<AssignDevicesResult>;
  /** A sign of life of the device that asks; sent every 20 s. */
  deviceHeartbeat?: Maybe<DeviceHeartbeatResult>;
  /** Records one attempt at a gate and decides it. The same `scanId` with the same code, gate and direction gives the first answer again. */
  recordScan?: Maybe<RecordScanResult>;
  /** Takes bodies out: of a zone and all that lies in it, or those of one credential. The next movement of each is free of passback rules. */
  resetPresence?: Maybe<ResetPresenceResult>;
  /** Opens, closes or pauses a gate. The change and its reason stand in the ledger and take a number of it. */
  setGateStatus?: Maybe<SetGateStatusResult>;
  /** Decides about an upload that was quarantined. */
  settleQuarantine?: Maybe<SettleQuarantineResult>;
  /** Takes an admission back, by a row of its own: the body goes where the ticket's other movements lead it. */
  undoScan?: Maybe<UndoScanResult>;
  /** Takes down attempts that a device decided without the server, in any order and as often as it likes. What it let in is a fact; what the server would have said against it is the `conflict`. No row stands in the way of another. */
  uploadScanBatch?: Maybe<ScanBatchResult>;
  /** Makes or changes a gate. Without `id`, the gate of that name in the event is changed, or made when there is none. A new gate is OPEN_BOTH: the event's state says from when on people may enter. */
  upsertGate?: Maybe<UpsertGateResult>;
};


export type MutationAssignDevicesArgs = {
  input: AssignDevicesInput;
};


export type MutationDeviceHeartbeatArgs = {
  input: DeviceHeartbeatInput;
};


export type MutationRecordScanArgs = {
  input: RecordScanInput;
};


export type MutationResetPresenceArgs = {
  input: ResetPresenceInput;
};


export type MutationSetGateStatusArgs = {
  input: SetGateStatusInput;
};


export type MutationSettleQuarantineArgs = {
  input: SettleQuarantineInput;
};


export type MutationUndoScanArgs = {
  input: UndoScanInput;
};


export type MutationUploadScanBatchArgs = {
  input: UploadScanBatchInput;
};


export type MutationUpsertGateArgs = {
  input: UpsertGateInput;
};

/** The thing does not exist, or is not yours to see. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** Which kind of thing was not found. */
  message: Scalars['String']['output'];
};

/** Where a page stands in its list (Relay). */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the page's last edge; null when it is empty. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follow after `endCursor`. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether any stand before `startCursor`. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first edge; null when it is empty. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Bodies that were taken out. */
export type PresenceReset = {
  __typename?: 'PresenceReset';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** How many. */
  bodies: Scalars['Int']['output'];
  /** The credential, where it was one. */
  credential?: Maybe<Credential>;
  /** Its number in the event's one gapless sequence. */
  ledgerSeq: Scalars['Int']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
  /** The zone, where it was one. */
  zone?: Maybe<Zone>;
};

/** An expected outcome that is not success. `message` is in plain words, for people. */
export type Problem = {
  /** What was wrong and what would be accepted. */
  message: Scalars['String']['output'];
};

/** What a supervisor decides about a quarantined upload. */
export type QuarantineDecision =
  /** It was so: count it. */
  | 'COUNT'
  /** It shall not count. */
  | 'DISMISS';

export type Query = {
  __typename?: 'Query';
  /** An event's scanners, by name. */
  devices?: Maybe<Array<Device>>;
  /** A gate; null when there is none. */
  gate?: Maybe<Gate>;
  /** Every row of an event's ledger, the latest first: attempts, second words about them, resets, and changes of gates, zones and the event. */
  ledger?: Maybe<LedgerConnection>;
  /** An event's counts at this moment; null when there is no such event. */
  occupancy?: Maybe<EventOccupancy>;
  /** What a scanner needs to decide without the server, for the event of the device that asks: a page of tickets, and with each page the whole ground. Signed; without names, addresses or anything else about people. */
  offlineManifest?: Maybe<ManifestPage>;
  /** An event's attempts, the latest first. */
  scans?: Maybe<ScanConnection>;
};


export type QueryDevicesArgs = {
  eventId: Scalars['ID']['input'];
};


export type QueryGateArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLedgerArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  eventId: Scalars['ID']['input'];
  first?: Scalars['Int']['input'];
  kinds?: InputMaybe<Array<LedgerKind>>;
};


export type QueryOccupancyArgs = {
  eventId: Scalars['ID']['input'];
};


export type QueryOfflineManifestArgs = {
  first?: Scalars['Int']['input'];
  since?: InputMaybe<Scalars['String']['input']>;
};


export type QueryScansArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  eventId: Scalars['ID']['input'];
  filter?: InputMaybe<ScanFilter>;
  first?: Scalars['Int']['input'];
};

/** Too many attempts or requests. */
export type RateLimited = Problem & {
  __typename?: 'RateLimited';
  /** What was limited. */
  message: Scalars['String']['output'];
  /** When to try again, in milliseconds. */
  retryAfterMs: Scalars['Int']['output'];
};

/** One attempt at a gate. */
export type RecordScanInput = {
  /** The code as it was read, at most 1,024 characters. */
  code: Scalars['String']['input'];
  /** The device's gapless number from 1; null when a person scans. */
  deviceSeq?: InputMaybe<Scalars['Int']['input']>;
  /** Which way. */
  direction: ScanDirection;
  /** Where. */
  gateId: Scalars['ID']['input'];
  /** Lets the body through in spite of a reason that is overridable; needs `scan:override`. */
  override?: InputMaybe<ScanOverrideInput>;
  /** The client's id of this attempt, 1 to 100 characters; the same one for each retry. */
  scanId: Scalars['ID']['input'];
  /** When, by the device's clock. */
  scannedAt: Scalars['DateTime']['input'];
};

/** How an attempt ended. */
export type RecordScanResult = Forbidden | IdempotencyConflict | RateLimited | RetryLater | ScanAdmitted | ScanRejected | ValidationError;

/** Bodies to take out. Exactly one of `zoneId` and `credentialId`. */
export type ResetPresenceInput = {
  /** The credential. */
  credentialId?: InputMaybe<Scalars['ID']['input']>;
  /** The same key with the same input gives the first answer again for 24 hours; 1 to 100 characters. Left out = each call is a reset of its own. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, 1 to 500 characters; kept. */
  reason: Scalars['String']['input'];
  /** The zone. */
  zoneId?: InputMaybe<Scalars['ID']['input']>;
};

/** How a reset ended. */
export type ResetPresenceResult = Conflict | Forbidden | IdempotencyConflict | NotFound | PresenceReset | ValidationError;

/** Nothing was recorded: too much at once. Send the same attempt again. */
export type RetryLater = Problem & {
  __typename?: 'RetryLater';
  /** What is full. */
  message: Scalars['String']['output'];
  /** When to try again, in milliseconds. */
  retryAfterMs: Scalars['Int']['output'];
};

/** One row of the ledger: an attempt and what became of it. Never changed. */
export type Scan = {
  __typename?: 'Scan';
  /** True when the device's clock is more than 60 s off. */
  clockSuspect: Scalars['Boolean']['output'];
  /** What the server would have held against it, where it was decided without the server. */
  conflict?: Maybe<ScanConflict>;
  /** Whose; null when the code was not known. */
  credential?: Maybe<Credential>;
  /** How a supervisor decided about it, where it was quarantined; null = not yet, or it was not. */
  decision?: Maybe<LedgerEntry>;
  /** By which device; null when a person scanned. */
  device?: Maybe<Device>;
  /** The device's number. */
  deviceSeq?: Maybe<Scalars['Int']['output']>;
  /** Which way. */
  direction: ScanDirection;
  /** When it counts as having been. */
  effectiveAt: Scalars['DateTime']['output'];
  /** Where. */
  gate: Gate;
  /** Global id, opaque. */
  id: Scalars['ID']['output'];
  /** What it says: an attempt, or what its device said of it later. */
  kind: LedgerKind;
  /** Its number in the event's one gapless sequence. */
  ledgerSeq: Scalars['Int']['output'];
  /** The attempt that this is a second word about. */
  of?: Maybe<Scan>;
  /** True when it was decided without the server. */
  offline: Scalars['Boolean']['output'];
  /** What became of it. */
  outcome: ScanOutcome;
  /** Why a supervisor let it through. */
  overrideReason?: Maybe<Scalars['String']['output']>;
  /** Why it was refused. */
  reason?: Maybe<ScanReason>;
  /** When the server got it. */
  receivedAt: Scalars['DateTime']['output'];
  /** The client's id of the attempt. */
  scanId: Scalars['ID']['output'];
  /** When, by the device's clock. */
  scannedAt: Scalars['DateTime']['output'];
  /** How a supervisor took the admission back; null = it stands. */
  undo?: Maybe<LedgerEntry>;
  /** True for a movement that moved no count. */
  unmatched: Scalars['Boolean']['output'];
};

/** The body was let through and counted. */
export type ScanAdmitted = {
  __typename?: 'ScanAdmitted';
  /** What an offline admission disagrees with; online only ALREADY_INSIDE, where the zone's anti-passback is SOFT. */
  conflict?: Maybe<ScanConflict>;
  /** The credential; costs a fetch from participants. */
  credential?: Maybe<Credential>;
  /** The credential's id. */
  credentialId: Scalars['ID']['output'];
  /** True when a service whose word this relies on was not heard for 5 s. */
  degraded: Scalars['Boolean']['output'];
  /** True when this is the answer to a retry. */
  replayed: Scalars['Boolean']['output'];
  /** The row in the ledger. */
  scan: Scan;
  /** The ticket type. */
  ticketType?: Maybe<TicketType>;
  /** Name of the ticket type. */
  ticketTypeName?: Maybe<Scalars['String']['output']>;
};

/** How an upload ended. */
export type ScanBatchResult = {
  __typename?: 'ScanBatchResult';
  /** The highest number of the device that was received; 0 when a person scans. */
  lastDeviceSeq: Scalars['Int']['output'];
  /** How many numbers are missing in all. */
  missingCount: Scalars['Int']['output'];
  /** Numbers below it that were not received, at most 1,000 ranges. */
  missingSeqs: Array<SeqRange>;
  /** One a scan, in the order of the input. */
  results: Array<UploadedScanResult>;
  /** Where set, some scans could not be taken now: send those without a result other than RETRY again after so many milliseconds. */
  retryAfterMs?: Maybe<Scalars['Int']['output']>;
};

/** What a server would have held against an attempt that was decided without it. */
export type ScanConflict =
  /** Was inside already: the server had said so to the device, or the zone's anti-passback is SOFT. */
  | 'ALREADY_INSIDE'
  /** Had used up its entries, as the server had said to the device. */
  | 'ALREADY_USED'
  /** The code's signature did not fit. */
  | 'BAD_SIGNATURE'
  /** Was blocked. */
  | 'BLOCKED'
  /** Was cancelled. */
  | 'CANCELLED'
  /** Device was not assigned to the gate. */
  | 'DEVICE_NOT_ASSIGNED'
  /** Device was revoked. */
  | 'DEVICE_REVOKED'
  /** Was admitted before. */
  | 'DUPLICATE'
  /** Event was not open. */
  | 'EVENT_NOT_OPEN'
  /** Had expired. */
  | 'EXPIRED'
  /** Gate was closed. */
  | 'GATE_CLOSED'
  /** Waited for approval. */
  | 'NOT_APPROVED'
  /** Was not in the zone that the way led out of. */
  | 'NOT_INSIDE'
  /** Was not paid. */
  | 'NOT_PAID'
  /** Too soon after the last movement, as the server had said to the device. */
  | 'PASSBACK_TIMEOUT'
  /** Was revoked. */
  | 'REVOKED'
  /** Too early. */
  | 'TOO_EARLY'
  /** Too late. */
  | 'TOO_LATE'
  /** Was transferred. */
  | 'TRANSFERRED'
  /** No such ticket. */
  | 'UNKNOWN_CODE'
  /** A ticket of another event. */
  | 'WRONG_EVENT'
  /** Wrong gate. */
  | 'WRONG_GATE'
  /** Wrong zone. */
  | 'WRONG_ZONE'
  /** Zone was full. */
  | 'ZONE_FULL';

/** A page of attempts. */
export type ScanConnection = {
  __typename?: 'ScanConnection';
  /** The attempts with their cursors. */
  edges: Array<ScanEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
};

/** Which way a body goes. */
export type ScanDirection =
  /** From the gate's `zoneFrom` to its `zoneTo`. */
  | 'ENTRY'
  /** Back. */
  | 'EXIT';

/** An attempt in a page. */
export type ScanEdge = {
  __typename?: 'ScanEdge';
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The attempt. */
  node: Scan;
};

/** Which attempts. */
export type ScanFilter = {
  /** Only those by this device. */
  deviceId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those at this gate. */
  gateId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those with this outcome. */
  outcome?: InputMaybe<ScanOutcome>;
  /** Only those refused for one of these reasons. */
  reason?: InputMaybe<Array<ScanReason>>;
};

/** What became of an attempt. */
export type ScanOutcome =
  /** The body was let through and counted. */
  | 'ADMITTED'
  /** An upload that is kept, and not counted before a supervisor decides. */
  | 'QUARANTINED'
  /** It was not. */
  | 'REJECTED';

/** A supervisor's decision. */
export type ScanOverrideInput = {
  /** Why, 1 to 500 characters; kept. */
  reason: Scalars['String']['input'];
};

/** Why an attempt was refused; checked in this order, so that two faults give one answer. */
export type ScanReason =
  /** The ticket is in that zone already; at a gate from outside: is inside already. */
  | 'ALREADY_INSIDE'
  /** The ticket has used up its entries. */
  | 'ALREADY_USED'
  /** The code's signature does not fit. */
  | 'BAD_SIGNATURE'
  /** Blocked. */
  | 'BLOCKED'
  /** Cancelled. */
  | 'CANCELLED'
  /** The scanner refused it without the server, and neither said why nor would the server have. */
  | 'DECIDED_OFFLINE'
  /** The device is not assigned to this gate. */
  | 'DEVICE_NOT_ASSIGNED'
  /** The device's credential was taken away. */
  | 'DEVICE_REVOKED'
  /** The event lets nobody in (or out) in its present state. */
  | 'EVENT_NOT_OPEN'
  /** Its time is over. */
  | 'EXPIRED'
  /** The gate is not open this way. */
  | 'GATE_CLOSED'
  /** Waits for approval. */
  | 'NOT_APPROVED'
  /** The ticket is not in the zone that this way leads out of. */
  | 'NOT_INSIDE'
  /** Not paid. */
  | 'NOT_PAID'
  /** Too soon after the last movement. */
  | 'PASSBACK_TIMEOUT'
  /** Taken away for ever. */
  | 'REVOKED'
  /** Not valid yet. */
  | 'TOO_EARLY'
  /** No longer valid. */
  | 'TOO_LATE'
  /** Given to another holder; that is another ticket. */
  | 'TRANSFERRED'
  /** No such ticket here. */
  | 'UNKNOWN_CODE'
  /** A ticket of another event. */
  | 'WRONG_EVENT'
  /** This ticket type does not enter here; `validGates` says where. */
  | 'WRONG_GATE'
  /** This ticket type may not enter that zone; `validGates` says where it may. */
  | 'WRONG_ZONE'
  /** The zone is at capacity. */
  | 'ZONE_FULL';

/** The body was not let through. */
export type ScanRejected = {
  __typename?: 'ScanRejected';
  /** The credential's first admission, where it has one. */
  firstAdmission?: Maybe<FirstAdmission>;
  /** Why, in plain words. */
  message: Scalars['String']['output'];
  /** Whether a supervisor may let it through. */
  overridable: Scalars['Boolean']['output'];
  /** Why. */
  reason: ScanReason;
  /** True when this is the answer to a retry. */
  replayed: Scalars['Boolean']['output'];
  /** The row in the ledger. */
  scan: Scan;
  /** When it begins to be valid, for TOO_EARLY. */
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** Where this ticket may enter, for WRONG_GATE and WRONG_ZONE. */
  validGates?: Maybe<Array<Gate>>;
  /** When it stopped to be valid, for TOO_LATE and EXPIRED. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/** Numbers from `from` to `to`, both among them. */
export type SeqRange = {
  __typename?: 'SeqRange';
  /** The first. */
  from: Scalars['Int']['output'];
  /** The last. */
  to: Scalars['Int']['output'];
};

/** A gate's new state. */
export type SetGateStatusInput = {
  /** The gate. */
  gateId: Scalars['ID']['input'];
  /** Why, at most 500 characters; kept. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The state it shall have. */
  status: GateStatus;
};

/** How the change of a gate's state ended. */
export type SetGateStatusResult = Conflict | Forbidden | Gate | NotFound | ValidationError;

/** A decision about a quarantined upload. */
export type SettleQuarantineInput = {
  /** What to do with it. */
  decision: QuarantineDecision;
  /** Why, 1 to 500 characters; kept. */
  reason: Scalars['String']['input'];
  /** The attempt: its `id`, or the `scanId` that the client gave it. */
  scanId: Scalars['ID']['input'];
};

/** How a decision about a quarantined upload ended. */
export type SettleQuarantineResult = Conflict | Forbidden | NotFound | Scan | ValidationError;

export type Subscription = {
  __typename?: 'Subscription';
  /** A gate: first as it is, then whenever it changes. */
  gateConfigChanged?: Maybe<Gate>;
  /** An event's counts: first as they are, then whenever they change; at least every 2 s something that shows the number is fresh. */
  occupancyChanged?: Maybe<EventOccupancy>;
};


export type SubscriptionGateConfigChangedArgs = {
  gateId: Scalars['ID']['input'];
};


export type SubscriptionOccupancyChangedArgs = {
  afterSeq?: InputMaybe<Scalars['Int']['input']>;
  eventId: Scalars['ID']['input'];
  minIntervalMs?: Scalars['Int']['input'];
};

/** State of a ticket. Being inside is no state of it: that is `inside`. */
export type TicketStatus =
  /** Blocked until the block is lifted. */
  | 'BLOCKED'
  /** Cancelled with its registration. */
  | 'CANCELLED'
  /** Its time is over. */
  | 'EXPIRED'
  /** Not yet paid, or not yet approved. */
  | 'PENDING'
  /** Taken away for ever. */
  | 'REVOKED'
  /** Given to another holder; that is another ticket. */
  | 'TRANSFERRED'
  /** Good. */
  | 'VALID';

/** A kind of ticket. */
export type TicketType = {
  __typename?: 'TicketType';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
};

/** An admission to take back. */
export type UndoScanInput = {
  /** The same key with the same input gives the first answer again for 24 hours; 1 to 100 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** Why, 1 to 500 characters; kept. */
  reason: Scalars['String']['input'];
  /** The attempt: its `id`, or the `scanId` that the client gave it. */
  scanId: Scalars['ID']['input'];
};

/** How an undo ended. */
export type UndoScanResult = Conflict | Forbidden | IdempotencyConflict | NotFound | Scan | ValidationError;

/** Attempts that a device decided without the server. */
export type UploadScanBatchInput = {
  /** The client's id of this upload, 1 to 100 characters; for logs. */
  batchId: Scalars['ID']['input'];
  /** 1 to 500 attempts. */
  scans: Array<UploadedScanInput>;
  /** When it is sent, by the device's clock: tells how wrong that is. */
  sentAt: Scalars['DateTime']['input'];
};

/** One attempt that a device decided. */
export type UploadedScanInput = {
  /** The code as it was read, at most 1,024 characters. */
  code: Scalars['String']['input'];
  /** The device's gapless number from 1; null when a person scans. */
  deviceSeq?: InputMaybe<Scalars['Int']['input']>;
  /** Which way. */
  direction: ScanDirection;
  /** Where. */
  gateId: Scalars['ID']['input'];
  /** What the device decided: ADMITTED or REJECTED. */
  outcome: ScanOutcome;
  /** A supervisor's decision, made on the device; counts for who has `scan:override`. */
  override?: InputMaybe<ScanOverrideInput>;
  /** Why it refused. */
  reason?: InputMaybe<ScanReason>;
  /** The client's id of this attempt, 1 to 100 characters; the one it had or would have had in `recordScan`. */
  scanId: Scalars['ID']['input'];
  /** When, by the device's clock. */
  scannedAt: Scalars['DateTime']['input'];
};

/** What became of one uploaded attempt. */
export type UploadedScanResult = {
  __typename?: 'UploadedScanResult';
  /** What the server would have held against what the device decided; null where nothing. */
  conflict?: Maybe<ScanConflict>;
  /** What was wrong with it, where it is INVALID or QUARANTINED or to be sent again. */
  message?: Maybe<Scalars['String']['output']>;
  /** Its row in the ledger; null where it has none. */
  scan?: Maybe<Scan>;
  /** The attempt. */
  scanId: Scalars['ID']['output'];
  /** What became of it. */
  status: UploadedScanStatus;
};

/** What became of an uploaded attempt. All but RETRY are final. */
export type UploadedScanStatus =
  /** It cannot be recorded; it is kept as it came, beside the ledger. */
  | 'INVALID'
  /** It is kept, and not counted before a supervisor decides. */
  | 'QUARANTINED'
  /** It is in the ledger now. */
  | 'RECORDED'
  /** It was in the ledger already. */
  | 'REPLAYED'
  /** Not taken for the moment: send it again. */
  | 'RETRY';

/** A gate. */
export type UpsertGateInput = {
  /** The event it belongs to. */
  eventId: Scalars['ID']['input'];
  /** The gate to change; left out = by name. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** How many lanes it has, 1 to 1,000. */
  lanes?: Scalars['Int']['input'];
  /** Name for people, 1 to 100 characters, unique in the event. */
  name: Scalars['String']['input'];
  /** The ticket types it admits; null or empty = all. */
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The zone it leads from; null = outside. */
  zoneFromId?: InputMaybe<Scalars['ID']['input']>;
  /** The zone it leads to; null = outside. Null on both sides = from outside into the event's ground, for events without zones. */
  zoneToId?: InputMaybe<Scalars['ID']['input']>;
};

/** How the change of a gate ended. */
export type UpsertGateResult = Conflict | Forbidden | Gate | NotFound | ValidationError;

/** The input was understood and refused; nothing was written. */
export type ValidationError = Problem & {
  __typename?: 'ValidationError';
  /** Each field that was refused. */
  fields: Array<FieldProblem>;
  /** What was wrong, in one sentence. */
  message: Scalars['String']['output'];
};

/** A part of the ground whose people are counted. */
export type Zone = {
  __typename?: 'Zone';
  /** How many bodies it holds; null = not limited. */
  capacity?: Maybe<Scalars['Int']['output']>;
  /** What happens at capacity. */
  enforcement: ZoneEnforcement;
  /** `inside` / `capacity`; null where there is no capacity. */
  fillRatio?: Maybe<Scalars['Float']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Bodies in it and in the zones that lie in it. */
  inside?: Maybe<Scalars['Int']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
};

/** What happens when a zone is at capacity. */
export type ZoneEnforcement =
  /** Entries are refused (ZONE_FULL). */
  | 'HARD'
  /** Nothing; it is only counted. */
  | 'NONE'
  /** Entries are refused and may be overridden by a supervisor. */
  | 'SOFT';

/** A zone's count. */
export type ZoneOccupancy = {
  __typename?: 'ZoneOccupancy';
  /** Bodies in it and in the zones that lie in it. */
  inside: Scalars['Int']['output'];
  /** The zone. */
  zone?: Maybe<Zone>;
};

/** Who gets the same answer from a field, at the same moment and with the same arguments. */
export type Topic__Audience =
  /** Everybody of one organization who holds the same of the rights that access directives name, and whose token is bound to the same event or to none. The resolver looks at nothing else of its viewer. */
  | 'ORGANIZATION'
  /** Everybody. The resolver looks at nothing of its viewer. */
  | 'PUBLIC'
  /** The viewer alone. */
  | 'VIEWER';

/** How messages of a topic follow one another. */
export type Topic__Kind =
  /** Each message is an event: all are delivered, in order, and what is missing is told as a gap. */
  | 'LOG'
  /** Each message replaces the one before: only the latest need arrive. */
  | 'STATE';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Credential: Credential;
  Device: Device;
  Event: Event;
  Gate: Gate;
  Scan: Scan;
  TicketType: TicketType;
  Zone: Zone;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Credential:
    ( { __typename: 'Credential' }
    & GraphQLRecursivePick<FederationTypes['Credential'], {"id":true}> );
  Device:
    ( { __typename: 'Device' }
    & GraphQLRecursivePick<FederationTypes['Device'], {"id":true}> );
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
  Gate:
    ( { __typename: 'Gate' }
    & GraphQLRecursivePick<FederationTypes['Gate'], {"id":true}> );
  Scan:
    ( { __typename: 'Scan' }
    & GraphQLRecursivePick<FederationTypes['Scan'], {"id":true}> );
  TicketType:
    ( { __typename: 'TicketType' }
    & GraphQLRecursivePick<FederationTypes['TicketType'], {"id":true}> );
  Zone:
    ( { __typename: 'Zone' }
    & GraphQLRecursivePick<FederationTypes['Zone'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Zone'], {"capacity":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  AssignDevicesResult:
    | ( Omit<AssignedDevices, 'devices'> & { devices: Array<_RefType['Device']> } & { __typename: 'AssignedDevices' } )
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  DeviceHeartbeatResult:
    | ( Standing & { __typename: 'DeviceStanding' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( RateLimited & { __typename: 'RateLimited' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  RecordScanResult:
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( RateLimited & { __typename: 'RateLimited' } )
    | ( RetryLater & { __typename: 'RetryLater' } )
    | ( RecordedScan & { __typename: 'ScanAdmitted' } )
    | ( RecordedScan & { __typename: 'ScanRejected' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  ResetPresenceResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<PresenceReset, 'credential' | 'zone'> & { credential?: Maybe<_RefType['Credential']>, zone?: Maybe<_RefType['Zone']> } & { __typename: 'PresenceReset' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  SetGateStatusResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( GateRow & { __typename: 'Gate' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  SettleQuarantineResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ScanRow & { __typename: 'Scan' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  UndoScanResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ScanRow & { __typename: 'Scan' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  UpsertGateResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( GateRow & { __typename: 'Gate' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RateLimited & { __typename: 'RateLimited' } )
    | ( RetryLater & { __typename: 'RetryLater' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Actor: ResolverTypeWrapper<Actor>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ActorKind: ActorKind;
  AssignDevicesInput: AssignDevicesInput;
  AssignDevicesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AssignDevicesResult']>;
  AssignedDevices: ResolverTypeWrapper<Omit<AssignedDevices, 'devices'> & { devices: Array<ResolversTypes['Device']> }>;
  Conflict: ResolverTypeWrapper<Conflict>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Credential: ResolverTypeWrapper<Reference>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Device: ResolverTypeWrapper<DeviceRow>;
  DeviceConnectivity: DeviceConnectivity;
  DeviceHeartbeatInput: DeviceHeartbeatInput;
  DeviceHeartbeatResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeviceHeartbeatResult']>;
  DeviceStanding: ResolverTypeWrapper<Standing>;
  Event: ResolverTypeWrapper<NamedReference>;
  EventOccupancy: ResolverTypeWrapper<OccupancyRow>;
  FieldProblem: ResolverTypeWrapper<FieldProblem>;
  FirstAdmission: ResolverTypeWrapper<FirstAdmissionRow>;
  Forbidden: ResolverTypeWrapper<Forbidden>;
  Gate: ResolverTypeWrapper<GateRow>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GateCount: ResolverTypeWrapper<Omit<GateCount, 'gate'> & { gate: ResolversTypes['Gate'] }>;
  GateStatus: GateStatus;
  IdempotencyConflict: ResolverTypeWrapper<IdempotencyConflict>;
  LedgerConnection: ResolverTypeWrapper<Omit<LedgerConnection, 'edges'> & { edges: Array<ResolversTypes['LedgerEdge']> }>;
  LedgerEdge: ResolverTypeWrapper<Omit<LedgerEdge, 'node'> & { node: ResolversTypes['LedgerEntry'] }>;
  LedgerEntry: ResolverTypeWrapper<LedgerEntryRow>;
  LedgerKind: LedgerKind;
  ManifestCompleteness: ResolverTypeWrapper<ManifestCompleteness>;
  ManifestKey: ResolverTypeWrapper<ManifestKey>;
  ManifestPage: ResolverTypeWrapper<ManifestPage>;
  ManifestTicket: ResolverTypeWrapper<ManifestTicket>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PresenceReset: ResolverTypeWrapper<Omit<PresenceReset, 'credential' | 'zone'> & { credential?: Maybe<ResolversTypes['Credential']>, zone?: Maybe<ResolversTypes['Zone']> }>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  QuarantineDecision: QuarantineDecision;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimited: ResolverTypeWrapper<RateLimited>;
  RecordScanInput: RecordScanInput;
  RecordScanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordScanResult']>;
  ResetPresenceInput: ResetPresenceInput;
  ResetPresenceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ResetPresenceResult']>;
  RetryLater: ResolverTypeWrapper<RetryLater>;
  Scan: ResolverTypeWrapper<ScanRow>;
  ScanAdmitted: ResolverTypeWrapper<RecordedScan>;
  ScanBatchResult: ResolverTypeWrapper<Omit<ScanBatchResult, 'results'> & { results: Array<ResolversTypes['UploadedScanResult']> }>;
  ScanConflict: ScanConflict;
  ScanConnection: ResolverTypeWrapper<Omit<ScanConnection, 'edges'> & { edges: Array<ResolversTypes['ScanEdge']> }>;
  ScanDirection: ScanDirection;
  ScanEdge: ResolverTypeWrapper<Omit<ScanEdge, 'node'> & { node: ResolversTypes['Scan'] }>;
  ScanFilter: ScanFilter;
  ScanOutcome: ScanOutcome;
  ScanOverrideInput: ScanOverrideInput;
  ScanReason: ScanReason;
  ScanRejected: ResolverTypeWrapper<RecordedScan>;
  SeqRange: ResolverTypeWrapper<SeqRange>;
  SetGateStatusInput: SetGateStatusInput;
  SetGateStatusResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetGateStatusResult']>;
  SettleQuarantineInput: SettleQuarantineInput;
  SettleQuarantineResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SettleQuarantineResult']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TicketStatus: TicketStatus;
  TicketType: ResolverTypeWrapper<NamedReference>;
  UndoScanInput: UndoScanInput;
  UndoScanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UndoScanResult']>;
  UploadScanBatchInput: UploadScanBatchInput;
  UploadedScanInput: UploadedScanInput;
  UploadedScanResult: ResolverTypeWrapper<Omit<UploadedScanResult, 'scan'> & { scan?: Maybe<ResolversTypes['Scan']> }>;
  UploadedScanStatus: UploadedScanStatus;
  UpsertGateInput: UpsertGateInput;
  UpsertGateResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpsertGateResult']>;
  ValidationError: ResolverTypeWrapper<ValidationError>;
  Zone: ResolverTypeWrapper<ZoneReference>;
  ZoneEnforcement: ZoneEnforcement;
  ZoneOccupancy: ResolverTypeWrapper<Omit<ZoneOccupancy, 'zone'> & { zone?: Maybe<ResolversTypes['Zone']> }>;
  topic__Audience: Topic__Audience;
  topic__Kind: Topic__Kind;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Actor: Actor;
  ID: Scalars['ID']['output'];
  AssignDevicesInput: AssignDevicesInput;
  AssignDevicesResult: ResolversUnionTypes<ResolversParentTypes>['AssignDevicesResult'];
  AssignedDevices: Omit<AssignedDevices, 'devices'> & { devices: Array<ResolversParentTypes['Device']> };
  Conflict: Conflict;
  Int: Scalars['Int']['output'];
  Credential: Reference;
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  Device: DeviceRow;
  DeviceHeartbeatInput: DeviceHeartbeatInput;
  DeviceHeartbeatResult: ResolversUnionTypes<ResolversParentTypes>['DeviceHeartbeatResult'];
  DeviceStanding: Standing;
  Event: NamedReference;
  EventOccupancy: OccupancyRow;
  FieldProblem: FieldProblem;
  FirstAdmission: FirstAdmissionRow;
  Forbidden: Forbidden;
  Gate: GateRow;
  Float: Scalars['Float']['output'];
  GateCount: Omit<GateCount, 'gate'> & { gate: ResolversParentTypes['Gate'] };
  IdempotencyConflict: IdempotencyConflict;
  LedgerConnection: Omit<LedgerConnection, 'edges'> & { edges: Array<ResolversParentTypes['LedgerEdge']> };
  LedgerEdge: Omit<LedgerEdge, 'node'> & { node: ResolversParentTypes['LedgerEntry'] };
  LedgerEntry: LedgerEntryRow;
  ManifestCompleteness: ManifestCompleteness;
  ManifestKey: ManifestKey;
  ManifestPage: ManifestPage;
  ManifestTicket: ManifestTicket;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  PresenceReset: Omit<PresenceReset, 'credential' | 'zone'> & { credential?: Maybe<ResolversParentTypes['Credential']>, zone?: Maybe<ResolversParentTypes['Zone']> };
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RateLimited: RateLimited;
  RecordScanInput: RecordScanInput;
  RecordScanResult: ResolversUnionTypes<ResolversParentTypes>['RecordScanResult'];
  ResetPresenceInput: ResetPresenceInput;
  ResetPresenceResult: ResolversUnionTypes<ResolversParentTypes>['ResetPresenceResult'];
  RetryLater: RetryLater;
  Scan: ScanRow;
  ScanAdmitted: RecordedScan;
  ScanBatchResult: Omit<ScanBatchResult, 'results'> & { results: Array<ResolversParentTypes['UploadedScanResult']> };
  ScanConnection: Omit<ScanConnection, 'edges'> & { edges: Array<ResolversParentTypes['ScanEdge']> };
  ScanEdge: Omit<ScanEdge, 'node'> & { node: ResolversParentTypes['Scan'] };
  ScanFilter: ScanFilter;
  ScanOverrideInput: ScanOverrideInput;
  ScanRejected: RecordedScan;
  SeqRange: SeqRange;
  SetGateStatusInput: SetGateStatusInput;
  SetGateStatusResult: ResolversUnionTypes<ResolversParentTypes>['SetGateStatusResult'];
  SettleQuarantineInput: SettleQuarantineInput;
  SettleQuarantineResult: ResolversUnionTypes<ResolversParentTypes>['SettleQuarantineResult'];
  Subscription: Record<PropertyKey, never>;
  TicketType: NamedReference;
  UndoScanInput: UndoScanInput;
  UndoScanResult: ResolversUnionTypes<ResolversParentTypes>['UndoScanResult'];
  UploadScanBatchInput: UploadScanBatchInput;
  UploadedScanInput: UploadedScanInput;
  UploadedScanResult: Omit<UploadedScanResult, 'scan'> & { scan?: Maybe<ResolversParentTypes['Scan']> };
  UpsertGateInput: UpsertGateInput;
  UpsertGateResult: ResolversUnionTypes<ResolversParentTypes>['UpsertGateResult'];
  ValidationError: ValidationError;
  Zone: ZoneReference;
  ZoneOccupancy: Omit<ZoneOccupancy, 'zone'> & { zone?: Maybe<ResolversParentTypes['Zone']> };
  String: Scalars['String']['output'];
};

export type AudienceDirectiveArgs = {
  by?: Topic__Audience;
};

export type AudienceDirectiveResolver<Result, Parent, ContextType = Context, Args = AudienceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type TopicDirectiveArgs = {
  carries?: Maybe<Scalars['String']['input']>;
  guard?: Maybe<Scalars['String']['input']>;
  kind?: Topic__Kind;
  name: Scalars['String']['input'];
  snapshot?: Maybe<Scalars['String']['input']>;
};

export type TopicDirectiveResolver<Result, Parent, ContextType = Context, Args = TopicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Actor'] = ResolversParentTypes['Actor']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ActorKind'], ParentType, ContextType>;
};

export type AssignDevicesResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignDevicesResult'] = ResolversParentTypes['AssignDevicesResult']> = {
  __resolveType?: TypeResolveFn<'AssignedDevices' | 'Conflict' | 'Forbidden' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type AssignedDevicesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignedDevices'] = ResolversParentTypes['AssignedDevices']> = {
  devices?: Resolver<Array<ResolversTypes['Device']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conflict'] = ResolversParentTypes['Conflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CredentialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Credential'] = ResolversParentTypes['Credential'], FederationReferenceType extends FederationReferenceTypes['Credential'] = FederationReferenceTypes['Credential']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Credential']> | FederationReferenceType, FederationReferenceType, ContextType>;
  firstAdmission?: Resolver<Maybe<ResolversTypes['FirstAdmission']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inside?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  scannedJustNowBy?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType, RequireFields<CredentialScannedJustNowByArgs, 'deviceId'>>;
  scans?: Resolver<Maybe<ResolversTypes['ScanConnection']>, ParentType, ContextType, RequireFields<CredentialScansArgs, 'first'>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device'], FederationReferenceType extends FederationReferenceTypes['Device'] = FederationReferenceTypes['Device']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Device']> | FederationReferenceType, FederationReferenceType, ContextType>;
  appVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  batteryPercent?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  clockSkewMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  connectivity?: Resolver<ResolversTypes['DeviceConnectivity'], ParentType, ContextType>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType>;
  gates?: Resolver<Array<ResolversTypes['Gate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingSeqs?: Resolver<Array<ResolversTypes['SeqRange']>, ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DeviceHeartbeatResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceHeartbeatResult'] = ResolversParentTypes['DeviceHeartbeatResult']> = {
  __resolveType?: TypeResolveFn<'DeviceStanding' | 'Forbidden' | 'RateLimited' | 'ValidationError', ParentType, ContextType>;
};

export type DeviceStandingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceStanding'] = ResolversParentTypes['DeviceStanding']> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  missingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingSeqs?: Resolver<Array<ResolversTypes['SeqRange']>, ParentType, ContextType>;
  serverTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  admitted?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  gates?: Resolver<Maybe<Array<ResolversTypes['Gate']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inside?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EventOccupancyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventOccupancy'] = ResolversParentTypes['EventOccupancy']> = {
  admitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  gates?: Resolver<Array<ResolversTypes['GateCount']>, ParentType, ContextType>;
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reset?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zones?: Resolver<Array<ResolversTypes['ZoneOccupancy']>, ParentType, ContextType>;
};

export type FieldProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldProblem'] = ResolversParentTypes['FieldProblem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FirstAdmissionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FirstAdmission'] = ResolversParentTypes['FirstAdmission']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['Gate'], ParentType, ContextType>;
};

export type ForbiddenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Forbidden'] = ResolversParentTypes['Forbidden']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gate'] = ResolversParentTypes['Gate'], FederationReferenceType extends FederationReferenceTypes['Gate'] = FederationReferenceTypes['Gate']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Gate']> | FederationReferenceType, FederationReferenceType, ContextType>;
  devices?: Resolver<Maybe<Array<ResolversTypes['Device']>>, ParentType, ContextType>;
  entriesPerMinute?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lanes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['GateStatus'], ParentType, ContextType>;
  ticketTypes?: Resolver<Array<ResolversTypes['TicketType']>, ParentType, ContextType>;
  zoneFrom?: Resolver<Maybe<ResolversTypes['Zone']>, ParentType, ContextType>;
  zoneTo?: Resolver<Maybe<ResolversTypes['Zone']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GateCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GateCount'] = ResolversParentTypes['GateCount']> = {
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entriesPerMinute?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['Gate'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IdempotencyConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflict'] = ResolversParentTypes['IdempotencyConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerConnection'] = ResolversParentTypes['LedgerConnection']> = {
  edges?: Resolver<Array<ResolversTypes['LedgerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LedgerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEdge'] = ResolversParentTypes['LedgerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['LedgerEntry'], ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  actor?: Resolver<ResolversTypes['Actor'], ParentType, ContextType>;
  bodies?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LedgerKind'], ParentType, ContextType>;
  ledgerSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  scan?: Resolver<Maybe<ResolversTypes['Scan']>, ParentType, ContextType>;
};

export type ManifestCompletenessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManifestCompleteness'] = ResolversParentTypes['ManifestCompleteness']> = {
  sum?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  tickets?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ManifestKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManifestKey'] = ResolversParentTypes['ManifestKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  publicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ManifestPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManifestPage'] = ResolversParentTypes['ManifestPage']> = {
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['ManifestCompleteness'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ground?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  keys?: Resolver<Array<ResolversTypes['ManifestKey']>, ParentType, ContextType>;
  signature?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['ManifestTicket']>, ParentType, ContextType>;
};

export type ManifestTicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManifestTicket'] = ResolversParentTypes['ManifestTicket']> = {
  codeHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  credentialId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pendingReason?: Resolver<Maybe<ResolversTypes['ScanReason']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  ticketTypeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignDevices?: Resolver<Maybe<ResolversTypes['AssignDevicesResult']>, ParentType, ContextType, RequireFields<MutationAssignDevicesArgs, 'input'>>;
  deviceHeartbeat?: Resolver<Maybe<ResolversTypes['DeviceHeartbeatResult']>, ParentType, ContextType, RequireFields<MutationDeviceHeartbeatArgs, 'input'>>;
  recordScan?: Resolver<Maybe<ResolversTypes['RecordScanResult']>, ParentType, ContextType, RequireFields<MutationRecordScanArgs, 'input'>>;
  resetPresence?: Resolver<Maybe<ResolversTypes['ResetPresenceResult']>, ParentType, ContextType, RequireFields<MutationResetPresenceArgs, 'input'>>;
  setGateStatus?: Resolver<Maybe<ResolversTypes['SetGateStatusResult']>, ParentType, ContextType, RequireFields<MutationSetGateStatusArgs, 'input'>>;
  settleQuarantine?: Resolver<Maybe<ResolversTypes['SettleQuarantineResult']>, ParentType, ContextType, RequireFields<MutationSettleQuarantineArgs, 'input'>>;
  undoScan?: Resolver<Maybe<ResolversTypes['UndoScanResult']>, ParentType, ContextType, RequireFields<MutationUndoScanArgs, 'input'>>;
  uploadScanBatch?: Resolver<Maybe<ResolversTypes['ScanBatchResult']>, ParentType, ContextType, RequireFields<MutationUploadScanBatchArgs, 'input'>>;
  upsertGate?: Resolver<Maybe<ResolversTypes['UpsertGateResult']>, ParentType, ContextType, RequireFields<MutationUpsertGateArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PresenceResetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PresenceReset'] = ResolversParentTypes['PresenceReset']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  bodies?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  ledgerSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zone?: Resolver<Maybe<ResolversTypes['Zone']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'RateLimited' | 'RetryLater' | 'ValidationError', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  devices?: Resolver<Maybe<Array<ResolversTypes['Device']>>, ParentType, ContextType, RequireFields<QueryDevicesArgs, 'eventId'>>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType, RequireFields<QueryGateArgs, 'id'>>;
  ledger?: Resolver<Maybe<ResolversTypes['LedgerConnection']>, ParentType, ContextType, RequireFields<QueryLedgerArgs, 'eventId' | 'first'>>;
  occupancy?: Resolver<Maybe<ResolversTypes['EventOccupancy']>, ParentType, ContextType, RequireFields<QueryOccupancyArgs, 'eventId'>>;
  offlineManifest?: Resolver<Maybe<ResolversTypes['ManifestPage']>, ParentType, ContextType, RequireFields<QueryOfflineManifestArgs, 'first'>>;
  scans?: Resolver<Maybe<ResolversTypes['ScanConnection']>, ParentType, ContextType, RequireFields<QueryScansArgs, 'eventId' | 'first'>>;
};

export type RateLimitedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimited'] = ResolversParentTypes['RateLimited']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecordScanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordScanResult'] = ResolversParentTypes['RecordScanResult']> = {
  __resolveType?: TypeResolveFn<'Forbidden' | 'IdempotencyConflict' | 'RateLimited' | 'RetryLater' | 'ScanAdmitted' | 'ScanRejected' | 'ValidationError', ParentType, ContextType>;
};

export type ResetPresenceResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ResetPresenceResult'] = ResolversParentTypes['ResetPresenceResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'PresenceReset' | 'ValidationError', ParentType, ContextType>;
};

export type RetryLaterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryLater'] = ResolversParentTypes['RetryLater']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scan'] = ResolversParentTypes['Scan'], FederationReferenceType extends FederationReferenceTypes['Scan'] = FederationReferenceTypes['Scan']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Scan']> | FederationReferenceType, FederationReferenceType, ContextType>;
  clockSuspect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  conflict?: Resolver<Maybe<ResolversTypes['ScanConflict']>, ParentType, ContextType>;
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType>;
  deviceSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['ScanDirection'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['Gate'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['LedgerKind'], ParentType, ContextType>;
  ledgerSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  of?: Resolver<Maybe<ResolversTypes['Scan']>, ParentType, ContextType>;
  offline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ScanOutcome'], ParentType, ContextType>;
  overrideReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['ScanReason']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  scanId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scannedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  undo?: Resolver<Maybe<ResolversTypes['LedgerEntry']>, ParentType, ContextType>;
  unmatched?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanAdmittedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScanAdmitted'] = ResolversParentTypes['ScanAdmitted']> = {
  conflict?: Resolver<Maybe<ResolversTypes['ScanConflict']>, ParentType, ContextType>;
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  credentialId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  degraded?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scan?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  ticketTypeName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanBatchResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScanBatchResult'] = ResolversParentTypes['ScanBatchResult']> = {
  lastDeviceSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingSeqs?: Resolver<Array<ResolversTypes['SeqRange']>, ParentType, ContextType>;
  results?: Resolver<Array<ResolversTypes['UploadedScanResult']>, ParentType, ContextType>;
  retryAfterMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ScanConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScanConnection'] = ResolversParentTypes['ScanConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ScanEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ScanEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScanEdge'] = ResolversParentTypes['ScanEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
};

export type ScanRejectedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScanRejected'] = ResolversParentTypes['ScanRejected']> = {
  firstAdmission?: Resolver<Maybe<ResolversTypes['FirstAdmission']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  overridable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ScanReason'], ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scan?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validGates?: Resolver<Maybe<Array<ResolversTypes['Gate']>>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeqRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeqRange'] = ResolversParentTypes['SeqRange']> = {
  from?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SetGateStatusResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetGateStatusResult'] = ResolversParentTypes['SetGateStatusResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'Gate' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type SettleQuarantineResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SettleQuarantineResult'] = ResolversParentTypes['SettleQuarantineResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'Scan' | 'ValidationError', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  gateConfigChanged?: SubscriptionResolver<Maybe<ResolversTypes['Gate']>, "gateConfigChanged", ParentType, ContextType, RequireFields<SubscriptionGateConfigChangedArgs, 'gateId'>>;
  occupancyChanged?: SubscriptionResolver<Maybe<ResolversTypes['EventOccupancy']>, "occupancyChanged", ParentType, ContextType, RequireFields<SubscriptionOccupancyChangedArgs, 'eventId' | 'minIntervalMs'>>;
};

export type TicketTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketType'] = ResolversParentTypes['TicketType'], FederationReferenceType extends FederationReferenceTypes['TicketType'] = FederationReferenceTypes['TicketType']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TicketType']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UndoScanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UndoScanResult'] = ResolversParentTypes['UndoScanResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'Scan' | 'ValidationError', ParentType, ContextType>;
};

export type UploadedScanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UploadedScanResult'] = ResolversParentTypes['UploadedScanResult']> = {
  conflict?: Resolver<Maybe<ResolversTypes['ScanConflict']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scan?: Resolver<Maybe<ResolversTypes['Scan']>, ParentType, ContextType>;
  scanId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['UploadedScanStatus'], ParentType, ContextType>;
};

export type UpsertGateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertGateResult'] = ResolversParentTypes['UpsertGateResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'Gate' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  fields?: Resolver<Array<ResolversTypes['FieldProblem']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ZoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Zone'] = ResolversParentTypes['Zone'], FederationReferenceType extends FederationReferenceTypes['Zone'] = FederationReferenceTypes['Zone']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Zone']> | FederationReferenceType, FederationReferenceType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  enforcement?: Resolver<ResolversTypes['ZoneEnforcement'], ParentType, ContextType>;
  fillRatio?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inside?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ZoneOccupancyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ZoneOccupancy'] = ResolversParentTypes['ZoneOccupancy']> = {
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zone?: Resolver<Maybe<ResolversTypes['Zone']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Actor?: ActorResolvers<ContextType>;
  AssignDevicesResult?: AssignDevicesResultResolvers<ContextType>;
  AssignedDevices?: AssignedDevicesResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  Credential?: CredentialResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Device?: DeviceResolvers<ContextType>;
  DeviceHeartbeatResult?: DeviceHeartbeatResultResolvers<ContextType>;
  DeviceStanding?: DeviceStandingResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventOccupancy?: EventOccupancyResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  FirstAdmission?: FirstAdmissionResolvers<ContextType>;
  Forbidden?: ForbiddenResolvers<ContextType>;
  Gate?: GateResolvers<ContextType>;
  GateCount?: GateCountResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  LedgerConnection?: LedgerConnectionResolvers<ContextType>;
  LedgerEdge?: LedgerEdgeResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  ManifestCompleteness?: ManifestCompletenessResolvers<ContextType>;
  ManifestKey?: ManifestKeyResolvers<ContextType>;
  ManifestPage?: ManifestPageResolvers<ContextType>;
  ManifestTicket?: ManifestTicketResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PresenceReset?: PresenceResetResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimited?: RateLimitedResolvers<ContextType>;
  RecordScanResult?: RecordScanResultResolvers<ContextType>;
  ResetPresenceResult?: ResetPresenceResultResolvers<ContextType>;
  RetryLater?: RetryLaterResolvers<ContextType>;
  Scan?: ScanResolvers<ContextType>;
  ScanAdmitted?: ScanAdmittedResolvers<ContextType>;
  ScanBatchResult?: ScanBatchResultResolvers<ContextType>;
  ScanConnection?: ScanConnectionResolvers<ContextType>;
  ScanEdge?: ScanEdgeResolvers<ContextType>;
  ScanRejected?: ScanRejectedResolvers<ContextType>;
  SeqRange?: SeqRangeResolvers<ContextType>;
  SetGateStatusResult?: SetGateStatusResultResolvers<ContextType>;
  SettleQuarantineResult?: SettleQuarantineResultResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TicketType?: TicketTypeResolvers<ContextType>;
  UndoScanResult?: UndoScanResultResolvers<ContextType>;
  UploadedScanResult?: UploadedScanResultResolvers<ContextType>;
  UpsertGateResult?: UpsertGateResultResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  Zone?: ZoneResolvers<ContextType>;
  ZoneOccupancy?: ZoneOccupancyResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  audience?: AudienceDirectiveResolver<any, any, ContextType>;
  topic?: TopicDirectiveResolver<any, any, ContextType>;
};
