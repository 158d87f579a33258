/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What a new device will be. */
export type CreateDeviceEnrolmentInput = {
  /** The event it scans for. */
  eventId: string;
  /** The gates it may scan at, 1 to 50, all of that event. */
  gateIds: Array<string>;
  /** What people call it, 1 to 100 characters. */
  name: string;
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

/** State of a device's credential. */
export type DeviceCredentialStatus =
  /** Enrolled and trusted. */
  | 'ACTIVE'
  /** Taken away for ever. */
  | 'REVOKED';

/** How a device is. */
export type DeviceHeartbeatInput = {
  /** Version of its program, at most 50 characters. */
  appVersion?: string | null | undefined;
  /** Charge of its battery, 0 to 100. */
  batteryPercent?: number | null | undefined;
  /** When it is sent, by the device's clock. */
  sentAt: string;
  /** How many attempts wait on it to be uploaded. */
  waiting?: number;
};

/** An enrolment token to exchange. */
export type EnrolDeviceInput = {
  /** The token as `createDeviceEnrolment` or `rollDevice` gave it. */
  enrolmentToken: string;
};

/** State of an event: DRAFT → PUBLISHED → DOORS_OPEN → LIVE → ENDED → ARCHIVED; PUBLISHED ↔ POSTPONED; any before ENDED → CANCELLED. */
export type EventStatus =
  /** Put away. */
  | 'ARCHIVED'
  /** Will not take place; people are let out. */
  | 'CANCELLED'
  /** People are let in. */
  | 'DOORS_OPEN'
  /** Being prepared; not sold, not public. */
  | 'DRAFT'
  /** Over; people are let out. */
  | 'ENDED'
  /** Running; people are let in. */
  | 'LIVE'
  /** Put off; back to PUBLISHED with new times. */
  | 'POSTPONED'
  /** Sold and public. */
  | 'PUBLISHED';

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

/** One attempt at a gate. */
export type RecordScanInput = {
  /** The code as it was read, at most 1,024 characters. */
  code: string;
  /** The device's gapless number from 1; null when a person scans. */
  deviceSeq?: number | null | undefined;
  /** Which way. */
  direction: ScanDirection;
  /** Where. */
  gateId: string;
  /** Lets the body through in spite of a reason that is overridable; needs `scan:override`. */
  override?: ScanOverrideInput | null | undefined;
  /** The client's id of this attempt, 1 to 100 characters; the same one for each retry. */
  scanId: string;
  /** When, by the device's clock. */
  scannedAt: string;
};

/** A refresh token to exchange. */
export type RefreshSessionInput = {
  /** The token as `signIn`, `enrolDevice` or the last `refreshSession` gave it. */
  refreshToken: string;
};

/** The device to revoke. */
export type RevokeDeviceInput = {
  /** Its id. */
  deviceId: string;
};

/** What an account may do; the scopes of each role are in docs/rights.md. */
export type Role =
  /** Everything in the organization. */
  | 'ADMIN'
  /** Reads figures, no personal data. */
  | 'ANALYST'
  /** Reads and changes what is their own. */
  | 'ATTENDEE'
  /** Scans at assigned gates. */
  | 'GATE_OPERATOR'
  /** Scans, overrides, undoes, searches and changes gates. */
  | 'GATE_SUPERVISOR'
  /** Looks after the platform itself, beside what other roles give: reads its graph's registry. Given by `headcount admin create --operator` alone. */
  | 'OPERATOR'
  /** Runs events, tickets, gates and devices. */
  | 'ORGANISER';

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

/** Which way a body goes. */
export type ScanDirection =
  /** From the gate's `zoneFrom` to its `zoneTo`. */
  | 'ENTRY'
  /** Back. */
  | 'EXIT';

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
  reason: string;
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

/** E-mail and password of an account. */
export type SignInInput = {
  /** E-mail address, compared without regard to case; at most 254 characters. */
  email: string;
  /** Password; at most 256 characters. */
  password: string;
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

/** Attempts that a device decided without the server. */
export type UploadScanBatchInput = {
  /** The client's id of this upload, 1 to 100 characters; for logs. */
  batchId: string;
  /** 1 to 500 attempts. */
  scans: Array<UploadedScanInput>;
  /** When it is sent, by the device's clock: tells how wrong that is. */
  sentAt: string;
};

/** One attempt that a device decided. */
export type UploadedScanInput = {
  /** The code as it was read, at most 1,024 characters. */
  code: string;
  /** The device's gapless number from 1; null when a person scans. */
  deviceSeq?: number | null | undefined;
  /** Which way. */
  direction: ScanDirection;
  /** Where. */
  gateId: string;
  /** What the device decided: ADMITTED or REJECTED. */
  outcome: ScanOutcome;
  /** A supervisor's decision, made on the device; counts for who has `scan:override`. */
  override?: ScanOverrideInput | null | undefined;
  /** Why it refused. */
  reason?: ScanReason | null | undefined;
  /** The client's id of this attempt, 1 to 100 characters; the one it had or would have had in `recordScan`. */
  scanId: string;
  /** When, by the device's clock. */
  scannedAt: string;
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

/** What happens when a zone is at capacity. */
export type ZoneEnforcement =
  /** Entries are refused (ZONE_FULL). */
  | 'HARD'
  /** Nothing; it is only counted. */
  | 'NONE'
  /** Entries are refused and may be overridden by a supervisor. */
  | 'SOFT';

export type IngressQueryVariables = Exact<{
  eventId: string;
  bucket: number;
  from?: string | null | undefined;
}>;


export type IngressQuery = { ingress: Array<{ at: string, entries: number, exits: number, rejected: number, gate: { id: string } | null }> | null };

export type EventAtAddressQueryVariables = Exact<{
  slug: string;
  shownId: string;
  hasShown: boolean;
}>;


export type EventAtAddressQuery = { atAddress: { id: string, name: string, slug: string, status: EventStatus, startsAt: string, doorsOpenAt: string, endsAt: string, timeZone: string, registeredCount: number | null, zones: Array<{ id: string, parent: { name: string } | null }> } | null, shown?: { id: string, name: string, slug: string } | null };

export type EventsQueryVariables = Exact<{ [key: string]: never; }>;


export type EventsQuery = { events: { edges: Array<{ node: { id: string, name: string, slug: string, status: EventStatus, startsAt: string, endsAt: string, timeZone: string } }> } | null };

export type OccupancyChangedSubscriptionVariables = Exact<{
  eventId: string;
  minIntervalMs: number;
  afterSeq?: number | null | undefined;
}>;


export type OccupancyChangedSubscription = { occupancyChanged: { seq: number, asOf: string, admitted: number, inside: number, reset: boolean, event: { id: string, name: string } | null, zones: Array<{ inside: number, zone: { id: string, name: string, capacity: number | null, enforcement: ZoneEnforcement } | null }>, gates: Array<{ entries: number, exits: number, rejected: number, entriesPerMinute: number, gate: { id: string, name: string, status: GateStatus } }> } | null };

export type RecordScanMutationVariables = Exact<{
  input: RecordScanInput;
}>;


export type RecordScanMutation = { recordScan:
    | { __typename: 'Forbidden', message: string }
    | { __typename: 'IdempotencyConflict', message: string }
    | { __typename: 'RateLimited', retryAfterMs: number }
    | { __typename: 'RetryLater', retryAfterMs: number }
    | { __typename: 'ScanAdmitted', ticketTypeName: string | null, conflict: ScanConflict | null, scan: { gate: { status: GateStatus } } }
    | { __typename: 'ScanRejected', reason: ScanReason, message: string, validFrom: string | null, validUntil: string | null, overridable: boolean, firstAdmission: { at: string, gate: { name: string } } | null, validGates: Array<{ name: string }> | null, scan: { gate: { status: GateStatus } } }
    | { __typename: 'ValidationError', message: string }
   | null };

export type UploadScanBatchMutationVariables = Exact<{
  input: UploadScanBatchInput;
}>;


export type UploadScanBatchMutation = { uploadScanBatch: { retryAfterMs: number | null, results: Array<{ scanId: string, status: UploadedScanStatus }> } | null };

export type DeviceHeartbeatMutationVariables = Exact<{
  input: DeviceHeartbeatInput;
}>;


export type DeviceHeartbeatMutation = { deviceHeartbeat:
    | { __typename: 'DeviceStanding', serverTime: string, missingCount: number, device: { lastSeq: number, gates: Array<{ id: string, name: string, status: GateStatus, event: { id: string, name: string } | null }> } }
    | { __typename: 'Forbidden' }
    | { __typename: 'RateLimited' }
    | { __typename: 'ValidationError' }
   | null };

export type OfflineManifestQueryVariables = Exact<{
  since?: string | null | undefined;
  first: number;
}>;


export type OfflineManifestQuery = { offlineManifest: { eventId: string, cursor: string, hasNextPage: boolean, ground: string, asOf: string, signature: string, signedBy: string, tickets: Array<{ codeHash: string, credentialId: string, ticketTypeId: string, status: TicketStatus, pendingReason: ScanReason | null, validUntil: string | null }>, completeness: { tickets: number, sum: number }, keys: Array<{ id: string, publicKey: string }> } | null };

export type EnrolDeviceMutationVariables = Exact<{
  input: EnrolDeviceInput;
}>;


export type EnrolDeviceMutation = { enrolDevice:
    | { __typename: 'DeviceSession', accessToken: string, refreshToken: string, expiresAt: string, device: { id: string, name: string | null } }
    | { __typename: 'EnrolmentRefused', message: string }
   };

export type RefreshDeviceSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshDeviceSessionMutation = { refreshSession:
    | { __typename: 'DeviceSession', accessToken: string, refreshToken: string, expiresAt: string, device: { id: string, name: string | null } }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'Session' }
   };

export type ScannersQueryVariables = Exact<{
  eventId: string;
}>;


export type ScannersQuery = { devices: Array<{ id: string, name: string | null, credentialStatus: DeviceCredentialStatus | null, connectivity: DeviceConnectivity, waiting: number, lastSeenAt: string | null, missingCount: number, gates: Array<{ id: string, name: string }> }> | null };

export type CreateDeviceEnrolmentMutationVariables = Exact<{
  input: CreateDeviceEnrolmentInput;
}>;


export type CreateDeviceEnrolmentMutation = { createDeviceEnrolment: { enrolmentToken: string, expiresAt: string } | null };

export type RevokeDeviceMutationVariables = Exact<{
  input: RevokeDeviceInput;
}>;


export type RevokeDeviceMutation = { revokeDevice: { id: string } | null };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn:
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'RateLimited', message: string, retryAfterMs: number }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresAt: string, user: { id: string, roles: Array<Role> } }
   };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { refreshSession:
    | { __typename: 'DeviceSession' }
    | { __typename: 'InvalidCredentials', message: string }
    | { __typename: 'Session', accessToken: string, refreshToken: string, expiresAt: string }
   };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: boolean };


export const IngressDocument = {"__meta__":{"documentId":"sha256:2989b0e8af40716a146d1654c9b6ee02f6b64443b24cd962cfe74db06c490801"}} as unknown as DocumentNode<IngressQuery, IngressQueryVariables>;
export const EventAtAddressDocument = {"__meta__":{"documentId":"sha256:a3c084a45634add70e3bb628b72ea49f4d43f8ef19aa65d87ffd1c6e7dd6f035"}} as unknown as DocumentNode<EventAtAddressQuery, EventAtAddressQueryVariables>;
export const EventsDocument = {"__meta__":{"documentId":"sha256:4d18564db1765d033464f79bfd7bb48b3fe1e7b62be0cf725e1f9e280d2a7529"}} as unknown as DocumentNode<EventsQuery, EventsQueryVariables>;
export const OccupancyChangedDocument = {"__meta__":{"documentId":"sha256:93e69ee97a609027b64fa1b0616bb96d7456383d1020412127683efba9248f59"}} as unknown as DocumentNode<OccupancyChangedSubscription, OccupancyChangedSubscriptionVariables>;
export const RecordScanDocument = {"__meta__":{"documentId":"sha256:96067c410ddfa33da0c0d9e4212d06a01981ee15f0fe62321a4ee1b727f83f8c"}} as unknown as DocumentNode<RecordScanMutation, RecordScanMutationVariables>;
export const UploadScanBatchDocument = {"__meta__":{"documentId":"sha256:8a93e99a663555bda087b7ac4c9cea27e415aea012521b1803124d3cc36edef6"}} as unknown as DocumentNode<UploadScanBatchMutation, UploadScanBatchMutationVariables>;
export const DeviceHeartbeatDocument = {"__meta__":{"documentId":"sha256:4f6fb6e6547d6d1e59f474f525799931aa5f1c54ce95cf338cc57381d1f0c31a"}} as unknown as DocumentNode<DeviceHeartbeatMutation, DeviceHeartbeatMutationVariables>;
export const OfflineManifestDocument = {"__meta__":{"documentId":"sha256:5daa4ebc3ca6b584ba521da593dd6133ff748d507dcb2fc727218cfe4bf91d0c"}} as unknown as DocumentNode<OfflineManifestQuery, OfflineManifestQueryVariables>;
export const EnrolDeviceDocument = {"__meta__":{"documentId":"sha256:226c85efe7b0bd7fc7963b01b7b57ff7d6fb5ee1807c3afd9013d186aa2cc687"}} as unknown as DocumentNode<EnrolDeviceMutation, EnrolDeviceMutationVariables>;
export const RefreshDeviceSessionDocument = {"__meta__":{"documentId":"sha256:fa9d8314c48bf1a87f74982abc502a8b81bb9f8f62040b3bd95673686e0d8e20"}} as unknown as DocumentNode<RefreshDeviceSessionMutation, RefreshDeviceSessionMutationVariables>;
export const ScannersDocument = {"__meta__":{"documentId":"sha256:6b1b371709243ad6f3583df59d14c52fc1d4ea521949487b752db1a6218190e2"}} as unknown as DocumentNode<ScannersQuery, ScannersQueryVariables>;
export const CreateDeviceEnrolmentDocument = {"__meta__":{"documentId":"sha256:b91d6592b5c68134bf8b3612fa4660df3eee629787ade67a5cdcb0cf92927c34"}} as unknown as DocumentNode<CreateDeviceEnrolmentMutation, CreateDeviceEnrolmentMutationVariables>;
export const RevokeDeviceDocument = {"__meta__":{"documentId":"sha256:7b73f50684193bd26995b1facb08245c0f9cd1e34933b5a9a1576779790b33ba"}} as unknown as DocumentNode<RevokeDeviceMutation, RevokeDeviceMutationVariables>;
export const SignInDocument = {"__meta__":{"documentId":"sha256:261cb1eb7e22b92a6ef22d1c209e1c397b6912ab9677e1a397ae8b891d062ce6"}} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = {"__meta__":{"documentId":"sha256:b1d1fe06c69ab2c014cc5f98c4ad7f30312251928d1f401ef9ff52ceb9cf366d"}} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = {"__meta__":{"documentId":"sha256:39300be1f6ff47633a8c264de2a924d5b71367b646d3bf86d82d7c51c6543956"}} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;