// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Reference, DeviceRow, NamedReference, ZoneReference } from '../store/rows.ts';
import type { OccupancyRow } from '../store/occupancy.ts';
import type { FirstAdmissionRow, ScanRow } from '../domain/ledger.ts';
import type { GateRow } from '../domain/ground.ts';
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
  /** Its clock less the server's at the last scan, in milliseconds. */
  clockSkewMs?: Maybe<Scalars['Int']['output']>;
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

export type Mutation = {
  __typename?: 'Mutation';
  /** Says at which gates devices may scan; replaces what was assigned before. */
  assignDevices?: Maybe<AssignDevicesResult>;
  /** Records one attempt at a gate and decides it. The same `scanId` with the same code, gate and direction gives the first answer again. */
  recordScan?: Maybe<RecordScanResult>;
  /** Opens, closes or pauses a gate. The change and its reason stand in the ledger and take a number of it. */
  setGateStatus?: Maybe<SetGateStatusResult>;
  /** Makes or changes a gate. Without `id`, the gate of that name in the event is changed, or made when there is none. A new gate is OPEN_BOTH: the event's state says from when on people may enter. */
  upsertGate?: Maybe<UpsertGateResult>;
};


export type MutationAssignDevicesArgs = {
  input: AssignDevicesInput;
};


export type MutationRecordScanArgs = {
  input: RecordScanInput;
};


export type MutationSetGateStatusArgs = {
  input: SetGateStatusInput;
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

/** An expected outcome that is not success. `message` is in plain words, for people. */
export type Problem = {
  /** What was wrong and what would be accepted. */
  message: Scalars['String']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** A gate; null when there is none. */
  gate?: Maybe<Gate>;
  /** An event's counts at this moment; null when there is no such event. */
  occupancy?: Maybe<EventOccupancy>;
  /** An event's attempts, the latest first. */
  scans?: Maybe<ScanConnection>;
};


export type QueryGateArgs = {
  id: Scalars['ID']['input'];
};


export type QueryOccupancyArgs = {
  eventId: Scalars['ID']['input'];
};


export type QueryScansArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  eventId: Scalars['ID']['input'];
  filter?: InputMaybe<ScanFilter>;
  first?: Scalars['Int']['input'];
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
export type RecordScanResult = Forbidden | IdempotencyConflict | RetryLater | ScanAdmitted | ScanRejected | ValidationError;

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
  /** Whose; null when the code was not known. */
  credential?: Maybe<Credential>;
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
  /** Its number in the event's one gapless sequence. */
  ledgerSeq: Scalars['Int']['output'];
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
  /** True for a movement that moved no count. */
  unmatched: Scalars['Boolean']['output'];
};

/** The body was let through and counted. */
export type ScanAdmitted = {
  __typename?: 'ScanAdmitted';
  /** What an offline admission disagrees with; null online. */
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

/** What a server would have held against an attempt that was decided without it. */
export type ScanConflict =
  /** Was inside already. */
  | 'ALREADY_INSIDE'
  /** Was blocked. */
  | 'BLOCKED'
  /** Was cancelled. */
  | 'CANCELLED'
  /** Device was revoked. */
  | 'DEVICE_REVOKED'
  /** Admitted twice. */
  | 'DUPLICATE'
  /** Event was not open. */
  | 'EVENT_NOT_OPEN'
  /** Gate was closed. */
  | 'GATE_CLOSED'
  /** Was revoked. */
  | 'REVOKED'
  /** Too early. */
  | 'TOO_EARLY'
  /** Too late. */
  | 'TOO_LATE'
  /** Was transferred. */
  | 'TRANSFERRED'
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
  /** Taken away. */
  | 'REVOKED'
  /** Not valid yet. */
  | 'TOO_EARLY'
  /** No longer valid. */
  | 'TOO_LATE'
  /** Given to another holder. */
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

export type Subscription = {
  __typename?: 'Subscription';
  /** An event's counts: first as they are, then whenever they change; at least every 2 s something that shows the number is fresh. */
  occupancyChanged?: Maybe<EventOccupancy>;
};


export type SubscriptionOccupancyChangedArgs = {
  afterSeq?: InputMaybe<Scalars['Int']['input']>;
  eventId: Scalars['ID']['input'];
  minIntervalMs?: Scalars['Int']['input'];
};

/** A kind of ticket. */
export type TicketType = {
  __typename?: 'TicketType';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
};

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
  RecordScanResult:
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( RetryLater & { __typename: 'RetryLater' } )
    | ( RecordedScan & { __typename: 'ScanAdmitted' } )
    | ( RecordedScan & { __typename: 'ScanRejected' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  SetGateStatusResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( GateRow & { __typename: 'Gate' } )
    | ( NotFound & { __typename: 'NotFound' } )
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
    | ( RetryLater & { __typename: 'RetryLater' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AssignDevicesInput: AssignDevicesInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AssignDevicesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AssignDevicesResult']>;
  AssignedDevices: ResolverTypeWrapper<Omit<AssignedDevices, 'devices'> & { devices: Array<ResolversTypes['Device']> }>;
  Conflict: ResolverTypeWrapper<Conflict>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Credential: ResolverTypeWrapper<Reference>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Device: ResolverTypeWrapper<DeviceRow>;
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
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordScanInput: RecordScanInput;
  RecordScanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordScanResult']>;
  RetryLater: ResolverTypeWrapper<RetryLater>;
  Scan: ResolverTypeWrapper<ScanRow>;
  ScanAdmitted: ResolverTypeWrapper<RecordedScan>;
  ScanConflict: ScanConflict;
  ScanConnection: ResolverTypeWrapper<Omit<ScanConnection, 'edges'> & { edges: Array<ResolversTypes['ScanEdge']> }>;
  ScanDirection: ScanDirection;
  ScanEdge: ResolverTypeWrapper<Omit<ScanEdge, 'node'> & { node: ResolversTypes['Scan'] }>;
  ScanFilter: ScanFilter;
  ScanOutcome: ScanOutcome;
  ScanOverrideInput: ScanOverrideInput;
  ScanReason: ScanReason;
  ScanRejected: ResolverTypeWrapper<RecordedScan>;
  SetGateStatusInput: SetGateStatusInput;
  SetGateStatusResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetGateStatusResult']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TicketType: ResolverTypeWrapper<NamedReference>;
  UpsertGateInput: UpsertGateInput;
  UpsertGateResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpsertGateResult']>;
  ValidationError: ResolverTypeWrapper<ValidationError>;
  Zone: ResolverTypeWrapper<ZoneReference>;
  ZoneEnforcement: ZoneEnforcement;
  ZoneOccupancy: ResolverTypeWrapper<Omit<ZoneOccupancy, 'zone'> & { zone?: Maybe<ResolversTypes['Zone']> }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AssignDevicesInput: AssignDevicesInput;
  ID: Scalars['ID']['output'];
  AssignDevicesResult: ResolversUnionTypes<ResolversParentTypes>['AssignDevicesResult'];
  AssignedDevices: Omit<AssignedDevices, 'devices'> & { devices: Array<ResolversParentTypes['Device']> };
  Conflict: Conflict;
  Int: Scalars['Int']['output'];
  Credential: Reference;
  Boolean: Scalars['Boolean']['output'];
  DateTime: Scalars['DateTime']['output'];
  Device: DeviceRow;
  Event: NamedReference;
  EventOccupancy: OccupancyRow;
  FieldProblem: FieldProblem;
  FirstAdmission: FirstAdmissionRow;
  Forbidden: Forbidden;
  Gate: GateRow;
  Float: Scalars['Float']['output'];
  GateCount: Omit<GateCount, 'gate'> & { gate: ResolversParentTypes['Gate'] };
  IdempotencyConflict: IdempotencyConflict;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RecordScanInput: RecordScanInput;
  RecordScanResult: ResolversUnionTypes<ResolversParentTypes>['RecordScanResult'];
  RetryLater: RetryLater;
  Scan: ScanRow;
  ScanAdmitted: RecordedScan;
  ScanConnection: Omit<ScanConnection, 'edges'> & { edges: Array<ResolversParentTypes['ScanEdge']> };
  ScanEdge: Omit<ScanEdge, 'node'> & { node: ResolversParentTypes['Scan'] };
  ScanFilter: ScanFilter;
  ScanOverrideInput: ScanOverrideInput;
  ScanRejected: RecordedScan;
  SetGateStatusInput: SetGateStatusInput;
  SetGateStatusResult: ResolversUnionTypes<ResolversParentTypes>['SetGateStatusResult'];
  Subscription: Record<PropertyKey, never>;
  TicketType: NamedReference;
  UpsertGateInput: UpsertGateInput;
  UpsertGateResult: ResolversUnionTypes<ResolversParentTypes>['UpsertGateResult'];
  ValidationError: ValidationError;
  Zone: ZoneReference;
  ZoneOccupancy: Omit<ZoneOccupancy, 'zone'> & { zone?: Maybe<ResolversParentTypes['Zone']> };
  String: Scalars['String']['output'];
};

export type TopicDirectiveArgs = {
  carries?: Maybe<Scalars['String']['input']>;
  guard?: Maybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  snapshot?: Maybe<Scalars['String']['input']>;
};

export type TopicDirectiveResolver<Result, Parent, ContextType = Context, Args = TopicDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

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
  clockSkewMs?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType>;
  gates?: Resolver<Array<ResolversTypes['Gate']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
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

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  assignDevices?: Resolver<Maybe<ResolversTypes['AssignDevicesResult']>, ParentType, ContextType, RequireFields<MutationAssignDevicesArgs, 'input'>>;
  recordScan?: Resolver<Maybe<ResolversTypes['RecordScanResult']>, ParentType, ContextType, RequireFields<MutationRecordScanArgs, 'input'>>;
  setGateStatus?: Resolver<Maybe<ResolversTypes['SetGateStatusResult']>, ParentType, ContextType, RequireFields<MutationSetGateStatusArgs, 'input'>>;
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

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'RetryLater' | 'ValidationError', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType, RequireFields<QueryGateArgs, 'id'>>;
  occupancy?: Resolver<Maybe<ResolversTypes['EventOccupancy']>, ParentType, ContextType, RequireFields<QueryOccupancyArgs, 'eventId'>>;
  scans?: Resolver<Maybe<ResolversTypes['ScanConnection']>, ParentType, ContextType, RequireFields<QueryScansArgs, 'eventId' | 'first'>>;
};

export type RecordScanResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordScanResult'] = ResolversParentTypes['RecordScanResult']> = {
  __resolveType?: TypeResolveFn<'Forbidden' | 'IdempotencyConflict' | 'RetryLater' | 'ScanAdmitted' | 'ScanRejected' | 'ValidationError', ParentType, ContextType>;
};

export type RetryLaterResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RetryLater'] = ResolversParentTypes['RetryLater']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Scan'] = ResolversParentTypes['Scan'], FederationReferenceType extends FederationReferenceTypes['Scan'] = FederationReferenceTypes['Scan']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Scan']> | FederationReferenceType, FederationReferenceType, ContextType>;
  clockSuspect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  credential?: Resolver<Maybe<ResolversTypes['Credential']>, ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType>;
  deviceSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['ScanDirection'], ParentType, ContextType>;
  effectiveAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['Gate'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ledgerSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  offline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['ScanOutcome'], ParentType, ContextType>;
  overrideReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['ScanReason']>, ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  scanId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scannedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  unmatched?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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

export type SetGateStatusResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetGateStatusResult'] = ResolversParentTypes['SetGateStatusResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'Gate' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  occupancyChanged?: SubscriptionResolver<Maybe<ResolversTypes['EventOccupancy']>, "occupancyChanged", ParentType, ContextType, RequireFields<SubscriptionOccupancyChangedArgs, 'eventId' | 'minIntervalMs'>>;
};

export type TicketTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketType'] = ResolversParentTypes['TicketType'], FederationReferenceType extends FederationReferenceTypes['TicketType'] = FederationReferenceTypes['TicketType']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TicketType']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  AssignDevicesResult?: AssignDevicesResultResolvers<ContextType>;
  AssignedDevices?: AssignedDevicesResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  Credential?: CredentialResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Device?: DeviceResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventOccupancy?: EventOccupancyResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  FirstAdmission?: FirstAdmissionResolvers<ContextType>;
  Forbidden?: ForbiddenResolvers<ContextType>;
  Gate?: GateResolvers<ContextType>;
  GateCount?: GateCountResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RecordScanResult?: RecordScanResultResolvers<ContextType>;
  RetryLater?: RetryLaterResolvers<ContextType>;
  Scan?: ScanResolvers<ContextType>;
  ScanAdmitted?: ScanAdmittedResolvers<ContextType>;
  ScanConnection?: ScanConnectionResolvers<ContextType>;
  ScanEdge?: ScanEdgeResolvers<ContextType>;
  ScanRejected?: ScanRejectedResolvers<ContextType>;
  SetGateStatusResult?: SetGateStatusResultResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TicketType?: TicketTypeResolvers<ContextType>;
  UpsertGateResult?: UpsertGateResultResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  Zone?: ZoneResolvers<ContextType>;
  ZoneOccupancy?: ZoneOccupancyResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  topic?: TopicDirectiveResolver<any, any, ContextType>;
};
