// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventReference, TicketTypeReference, RegistrationRow, TicketRow, TicketKeyRow, UserReference } from '../store/rows.ts';
import type { RegistrationPage } from '../domain/read-registrations.ts';
import type { SoldOutProblem } from '../errors.ts';
import type { RowOutcome } from '../domain/plan-rows.ts';
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

/** A ticket to block or to unblock. */
export type BlockTicketInput = {
  /** False lifts the block. */
  blocked?: Scalars['Boolean']['input'];
  /** The ticket. */
  ticketId: Scalars['ID']['input'];
};

/** How a block ended. */
export type BlockTicketResult = Conflict | Forbidden | NotFound | Ticket | ValidationError;

/** A registration to cancel. */
export type CancelRegistrationInput = {
  /** Its id. */
  registrationId: Scalars['ID']['input'];
};

/** How a cancellation ended. */
export type CancelRegistrationResult = Conflict | Forbidden | NotFound | Registration | ValidationError;

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
  /** The event it is for. */
  event: Event;
  /** Name of the holder; for the holder, for `user:pii`, and for the device that has just scanned it. */
  holderName?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** The text of the code. */
  qrPayload?: Maybe<Scalars['String']['output']>;
  /** Its state. */
  status: TicketStatus;
};

/** An event: what people come to, with its zones and ticket types. */
export type Event = {
  __typename?: 'Event';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** How many registrations hold a place: PENDING or CONFIRMED. */
  registeredCount?: Maybe<Scalars['Int']['output']>;
  /** When it starts. */
  startsAt: Scalars['DateTime']['output'];
  /** IANA name. */
  timeZone: Scalars['String']['output'];
};

/** One refused field of an input. */
export type FieldProblem = {
  __typename?: 'FieldProblem';
  /** What it held and what would be accepted. */
  message: Scalars['String']['output'];
  /** The field's path within `input`, joined by dots: `holder.email`. */
  path: Scalars['String']['output'];
};

/** You may use the operation, but not on this. */
export type Forbidden = Problem & {
  __typename?: 'Forbidden';
  /** Which right is missing. */
  message: Scalars['String']['output'];
};

/** Who holds a ticket. */
export type Holder = {
  __typename?: 'Holder';
  /** E-mail address. */
  email: Scalars['String']['output'];
  /** Name. */
  name: Scalars['String']['output'];
};

/** Who holds a ticket. */
export type HolderInput = {
  /** E-mail address, at most 254 characters. */
  email: Scalars['String']['input'];
  /** Name, 1 to 200 characters. */
  name: Scalars['String']['input'];
};

/** The same idempotency key came with another body. */
export type IdempotencyConflict = Problem & {
  __typename?: 'IdempotencyConflict';
  /** Which key, and what differs. */
  message: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Blocks a ticket, or lifts the block. */
  blockTicket?: Maybe<BlockTicketResult>;
  /** Cancels a registration and its tickets, until the event has ENDED. Cancelling twice changes nothing. */
  cancelRegistration?: Maybe<CancelRegistrationResult>;
  /** Registers one person and issues the ticket, within the type's quota and the event's capacity, while the event is PUBLISHED, DOORS_OPEN or LIVE (with `ticket:write` also in DRAFT). Without `ticket:write` it is for one's own account. The same key and body give the same answer for 24 h. */
  register?: Maybe<RegisterResult>;
  /** Gives a ticket a new code; the old code is dead. */
  reissueTicket?: Maybe<ReissueTicketResult>;
  /** Revokes up to 1,000 tickets for ever. Those that are not found are named. */
  revokeTickets?: Maybe<RevokeTicketsResult>;
  /** Gives a ticket to another holder: a new ticket, and the old code is dead. */
  transferTicket?: Maybe<TransferTicketResult>;
  /** Makes or changes up to 500 registrations of an event (also one in DRAFT) by `externalId`. Each row has a result of its own; a bad row does not stop the others. A row that was CONFIRMED never becomes PENDING again. */
  upsertRegistrations?: Maybe<Array<UpsertRegistrationRowResult>>;
};


export type MutationBlockTicketArgs = {
  input: BlockTicketInput;
};


export type MutationCancelRegistrationArgs = {
  input: CancelRegistrationInput;
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationReissueTicketArgs = {
  input: ReissueTicketInput;
};


export type MutationRevokeTicketsArgs = {
  input: RevokeTicketsInput;
};


export type MutationTransferTicketArgs = {
  input: TransferTicketInput;
};


export type MutationUpsertRegistrationsArgs = {
  input: UpsertRegistrationsInput;
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
  /** The person who is signed in; null for a device. */
  me?: Maybe<User>;
  /** An event's registrations, in order of registration. */
  registrations?: Maybe<RegistrationConnection>;
  /** A ticket: one's own, or any of the organization's with `ticket:read`; null otherwise. */
  ticket?: Maybe<Ticket>;
};


export type QueryRegistrationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  eventId: Scalars['ID']['input'];
  filter?: InputMaybe<RegistrationFilter>;
  first?: Scalars['Int']['input'];
};


export type QueryTicketArgs = {
  id: Scalars['ID']['input'];
};

/** A registration to make. */
export type RegisterInput = {
  /** The event. */
  eventId: Scalars['ID']['input'];
  /** The caller's own key for it, 1 to 100 characters, unique in the event; with `ticket:write` only. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Who it is for. */
  holder: HolderInput;
  /** 1 to 100 characters; the same key and body give the same answer. */
  idempotencyKey: Scalars['String']['input'];
  /** The kind of ticket. */
  ticketTypeId: Scalars['ID']['input'];
};

/** How a registration ended. */
export type RegisterResult = IdempotencyConflict | Registration | SoldOut | ValidationError;

/** One person's place at an event. */
export type Registration = {
  __typename?: 'Registration';
  /** The event. */
  event: Event;
  /** The caller's own key. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Who it is for; one's own, or any with `ticket:read` and `user:pii`. */
  holder?: Maybe<Holder>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** When it was made. */
  registeredAt: Scalars['DateTime']['output'];
  /** Its state. */
  status: RegistrationStatus;
  /** Its tickets; a transferred one stays in the list. */
  tickets: Array<Ticket>;
};

/** A page of registrations. */
export type RegistrationConnection = {
  __typename?: 'RegistrationConnection';
  /** The registrations with their cursors. */
  edges: Array<RegistrationEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many match in all. */
  totalCount: Scalars['Int']['output'];
};

/** A registration in a page. */
export type RegistrationEdge = {
  __typename?: 'RegistrationEdge';
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The registration. */
  node: Registration;
};

/** Which registrations. */
export type RegistrationFilter = {
  /** Only those in one of these states. */
  status?: InputMaybe<Array<RegistrationStatus>>;
  /** Only those of this ticket type. */
  ticketTypeId?: InputMaybe<Scalars['ID']['input']>;
};

/** One registration to make or change. */
export type RegistrationRowInput = {
  /** The caller's own key, 1 to 100 characters, unique in the event. */
  externalId: Scalars['String']['input'];
  /** Who it is for. */
  holder: HolderInput;
  /** CONFIRMED (paid: the ticket is VALID) or PENDING (not yet paid: the ticket is PENDING). */
  status?: RegistrationRowStatus;
  /** The kind of ticket; cannot be changed by a later row. */
  ticketTypeId: Scalars['ID']['input'];
};

/** State that a row may give. */
export type RegistrationRowStatus =
  /** Paid. */
  | 'CONFIRMED'
  /** Not yet paid. */
  | 'PENDING';

/** State of a registration. */
export type RegistrationStatus =
  /** Cancelled. */
  | 'CANCELLED'
  /** Paid. */
  | 'CONFIRMED'
  /** Not yet paid. */
  | 'PENDING';

/** A ticket that shall have a new code. */
export type ReissueTicketInput = {
  /** 1 to 100 characters; the same key and body give the same answer. */
  idempotencyKey: Scalars['String']['input'];
  /** The ticket. */
  ticketId: Scalars['ID']['input'];
};

/** How a reissue ended. */
export type ReissueTicketResult = Conflict | Forbidden | IdempotencyConflict | NotFound | Ticket | ValidationError;

/** Tickets to revoke. */
export type RevokeTicketsInput = {
  /** Why, 1 to 500 characters; kept. */
  reason: Scalars['String']['input'];
  /** Their ids, 1 to 1,000. */
  ticketIds: Array<Scalars['ID']['input']>;
};

/** How a revocation ended. */
export type RevokeTicketsResult = Conflict | Forbidden | NotFound | RevokedTickets | ValidationError;

/** What was revoked. */
export type RevokedTickets = {
  __typename?: 'RevokedTickets';
  /** Ids that do not exist. */
  notFound: Array<Scalars['ID']['output']>;
  /** The tickets, now REVOKED; one that was CANCELLED, EXPIRED or TRANSFERRED is dead already and stays so. */
  tickets: Array<Ticket>;
};

/** The quota of the ticket type, or the capacity of the event, is used up. */
export type SoldOut = Problem & {
  __typename?: 'SoldOut';
  /** Which of them, and its number. */
  message: Scalars['String']['output'];
  /** The kind of ticket that was asked for. */
  ticketType?: Maybe<TicketType>;
};

/** A ticket as it was sold. */
export type Ticket = Credential & {
  __typename?: 'Ticket';
  /** SHA-256 of the code, base64url; for services. */
  codeHash?: Maybe<Scalars['String']['output']>;
  /** The event it is for. */
  event: Event;
  /** Name of the holder; for the holder, for `ticket:read` with `user:pii`, and for the device that has just scanned it. */
  holderName?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** The text of the code; for the holder and for `ticket:read`. */
  qrPayload?: Maybe<Scalars['String']['output']>;
  /** Version of the record, rising with each change; for services. */
  recordVersion?: Maybe<Scalars['Int']['output']>;
  /** The registration it came from. */
  registration?: Maybe<Registration>;
  /** Its state. */
  status: TicketStatus;
  /** Its kind. */
  ticketType: TicketType;
};

/** Public keys that verify an organization's ticket codes; for services. */
export type TicketKey = {
  __typename?: 'TicketKey';
  /** Key id, as the codes carry it. */
  id: Scalars['ID']['output'];
  /** The organization. */
  organizationId: Scalars['ID']['output'];
  /** Ed25519 public key, base64url of the raw 32 bytes. */
  publicKey: Scalars['String']['output'];
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
  /** How many registrations of this type hold a place. */
  soldCount?: Maybe<Scalars['Int']['output']>;
};

/** A ticket to hand over. */
export type TransferTicketInput = {
  /** Who gets it. */
  holder: HolderInput;
  /** 1 to 100 characters; the same key and body give the same answer. */
  idempotencyKey: Scalars['String']['input'];
  /** The ticket. */
  ticketId: Scalars['ID']['input'];
};

/** How a transfer ended; the ticket is the new one. */
export type TransferTicketResult = Conflict | Forbidden | IdempotencyConflict | NotFound | Ticket | ValidationError;

/** Why a row was refused. */
export type UpsertRegistrationRowProblem = SoldOut | ValidationError;

/** What became of one row. */
export type UpsertRegistrationRowResult = {
  __typename?: 'UpsertRegistrationRowResult';
  /** Why the row was refused. */
  error?: Maybe<UpsertRegistrationRowProblem>;
  /** The row's key. */
  externalId: Scalars['String']['output'];
  /** The registration; null when the row was refused. */
  registration?: Maybe<Registration>;
};

/** Registrations to make or change. */
export type UpsertRegistrationsInput = {
  /** The event. */
  eventId: Scalars['ID']['input'];
  /** 1 to 500 rows. */
  rows: Array<RegistrationRowInput>;
};

/** A person's account. */
export type User = {
  __typename?: 'User';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** What this person is registered for, the latest first; one's own only. */
  registrations?: Maybe<RegistrationConnection>;
};


/** A person's account. */
export type UserRegistrationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: Scalars['Int']['input'];
};

/** The input was understood and refused; nothing was written. */
export type ValidationError = Problem & {
  __typename?: 'ValidationError';
  /** Each field that was refused. */
  fields: Array<FieldProblem>;
  /** What was wrong, in one sentence. */
  message: Scalars['String']['output'];
};

/** Who gets the same answer from a field, at the same moment and with the same arguments. */
export type Topic__Audience =
  /** Everybody of one organization who holds the same of the rights that access directives name, and whose token is bound to the same event or to none. The resolver looks at nothing else of its viewer. */
  | 'ORGANIZATION'
  /** Everybody. The resolver looks at nothing of its viewer. */
  | 'PUBLIC'
  /** The viewer alone. */
  | 'VIEWER';



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
  Event: Event;
  Registration: Registration;
  Ticket: Ticket;
  TicketKey: TicketKey;
  TicketType: TicketType;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Credential:
    ( { __typename: 'Credential' }
    & GraphQLRecursivePick<FederationTypes['Credential'], {"id":true}> );
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
  Registration:
    ( { __typename: 'Registration' }
    & GraphQLRecursivePick<FederationTypes['Registration'], {"id":true}> );
  Ticket:
    ( { __typename: 'Ticket' }
    & GraphQLRecursivePick<FederationTypes['Ticket'], {"id":true}> );
  TicketKey:
    ( { __typename: 'TicketKey' }
    & GraphQLRecursivePick<FederationTypes['TicketKey'], {"id":true}> );
  TicketType:
    ( { __typename: 'TicketType' }
    & GraphQLRecursivePick<FederationTypes['TicketType'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  BlockTicketResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( TicketRow & { __typename: 'Ticket' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  CancelRegistrationResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( RegistrationRow & { __typename: 'Registration' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  RegisterResult:
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( RegistrationRow & { __typename: 'Registration' } )
    | ( SoldOutProblem & { __typename: 'SoldOut' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  ReissueTicketResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( TicketRow & { __typename: 'Ticket' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  RevokeTicketsResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( Omit<RevokedTickets, 'tickets'> & { tickets: Array<_RefType['Ticket']> } & { __typename: 'RevokedTickets' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  TransferTicketResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( TicketRow & { __typename: 'Ticket' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  UpsertRegistrationRowProblem:
    | ( SoldOutProblem & { __typename: 'SoldOut' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Credential: ( TicketRow & { __typename: 'Ticket' } );
  Problem:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( IdempotencyConflict & { __typename: 'IdempotencyConflict' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( SoldOutProblem & { __typename: 'SoldOut' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  BlockTicketInput: BlockTicketInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  BlockTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BlockTicketResult']>;
  CancelRegistrationInput: CancelRegistrationInput;
  CancelRegistrationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelRegistrationResult']>;
  Conflict: ResolverTypeWrapper<Conflict>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Credential: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Credential']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Event: ResolverTypeWrapper<EventReference>;
  FieldProblem: ResolverTypeWrapper<FieldProblem>;
  Forbidden: ResolverTypeWrapper<Forbidden>;
  Holder: ResolverTypeWrapper<Holder>;
  HolderInput: HolderInput;
  IdempotencyConflict: ResolverTypeWrapper<IdempotencyConflict>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterResult']>;
  Registration: ResolverTypeWrapper<RegistrationRow>;
  RegistrationConnection: ResolverTypeWrapper<RegistrationPage>;
  RegistrationEdge: ResolverTypeWrapper<Omit<RegistrationEdge, 'node'> & { node: ResolversTypes['Registration'] }>;
  RegistrationFilter: RegistrationFilter;
  RegistrationRowInput: RegistrationRowInput;
  RegistrationRowStatus: RegistrationRowStatus;
  RegistrationStatus: RegistrationStatus;
  ReissueTicketInput: ReissueTicketInput;
  ReissueTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReissueTicketResult']>;
  RevokeTicketsInput: RevokeTicketsInput;
  RevokeTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeTicketsResult']>;
  RevokedTickets: ResolverTypeWrapper<Omit<RevokedTickets, 'tickets'> & { tickets: Array<ResolversTypes['Ticket']> }>;
  SoldOut: ResolverTypeWrapper<SoldOutProblem>;
  Ticket: ResolverTypeWrapper<TicketRow>;
  TicketKey: ResolverTypeWrapper<TicketKeyRow>;
  TicketStatus: TicketStatus;
  TicketType: ResolverTypeWrapper<TicketTypeReference>;
  TransferTicketInput: TransferTicketInput;
  TransferTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TransferTicketResult']>;
  UpsertRegistrationRowProblem: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpsertRegistrationRowProblem']>;
  UpsertRegistrationRowResult: ResolverTypeWrapper<RowOutcome>;
  UpsertRegistrationsInput: UpsertRegistrationsInput;
  User: ResolverTypeWrapper<UserReference>;
  ValidationError: ResolverTypeWrapper<ValidationError>;
  topic__Audience: Topic__Audience;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  BlockTicketInput: BlockTicketInput;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  BlockTicketResult: ResolversUnionTypes<ResolversParentTypes>['BlockTicketResult'];
  CancelRegistrationInput: CancelRegistrationInput;
  CancelRegistrationResult: ResolversUnionTypes<ResolversParentTypes>['CancelRegistrationResult'];
  Conflict: Conflict;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Credential: ResolversInterfaceTypes<ResolversParentTypes>['Credential'];
  DateTime: Scalars['DateTime']['output'];
  Event: EventReference;
  FieldProblem: FieldProblem;
  Forbidden: Forbidden;
  Holder: Holder;
  HolderInput: HolderInput;
  IdempotencyConflict: IdempotencyConflict;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  PageInfo: PageInfo;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolversUnionTypes<ResolversParentTypes>['RegisterResult'];
  Registration: RegistrationRow;
  RegistrationConnection: RegistrationPage;
  RegistrationEdge: Omit<RegistrationEdge, 'node'> & { node: ResolversParentTypes['Registration'] };
  RegistrationFilter: RegistrationFilter;
  RegistrationRowInput: RegistrationRowInput;
  ReissueTicketInput: ReissueTicketInput;
  ReissueTicketResult: ResolversUnionTypes<ResolversParentTypes>['ReissueTicketResult'];
  RevokeTicketsInput: RevokeTicketsInput;
  RevokeTicketsResult: ResolversUnionTypes<ResolversParentTypes>['RevokeTicketsResult'];
  RevokedTickets: Omit<RevokedTickets, 'tickets'> & { tickets: Array<ResolversParentTypes['Ticket']> };
  SoldOut: SoldOutProblem;
  Ticket: TicketRow;
  TicketKey: TicketKeyRow;
  TicketType: TicketTypeReference;
  TransferTicketInput: TransferTicketInput;
  TransferTicketResult: ResolversUnionTypes<ResolversParentTypes>['TransferTicketResult'];
  UpsertRegistrationRowProblem: ResolversUnionTypes<ResolversParentTypes>['UpsertRegistrationRowProblem'];
  UpsertRegistrationRowResult: RowOutcome;
  UpsertRegistrationsInput: UpsertRegistrationsInput;
  User: UserReference;
  ValidationError: ValidationError;
};

export type AudienceDirectiveArgs = {
  by?: Topic__Audience;
};

export type AudienceDirectiveResolver<Result, Parent, ContextType = Context, Args = AudienceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type BlockTicketResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BlockTicketResult'] = ResolversParentTypes['BlockTicketResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'Ticket' | 'ValidationError', ParentType, ContextType>;
};

export type CancelRegistrationResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CancelRegistrationResult'] = ResolversParentTypes['CancelRegistrationResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'Registration' | 'ValidationError', ParentType, ContextType>;
};

export type ConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conflict'] = ResolversParentTypes['Conflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CredentialResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Credential'] = ResolversParentTypes['Credential'], FederationReferenceType extends FederationReferenceTypes['Credential'] = FederationReferenceTypes['Credential']> = {
  __resolveType?: TypeResolveFn<'Ticket', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Credential']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registeredCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type FieldProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldProblem'] = ResolversParentTypes['FieldProblem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ForbiddenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Forbidden'] = ResolversParentTypes['Forbidden']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HolderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Holder'] = ResolversParentTypes['Holder']> = {
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IdempotencyConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflict'] = ResolversParentTypes['IdempotencyConflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  blockTicket?: Resolver<Maybe<ResolversTypes['BlockTicketResult']>, ParentType, ContextType, RequireFields<MutationBlockTicketArgs, 'input'>>;
  cancelRegistration?: Resolver<Maybe<ResolversTypes['CancelRegistrationResult']>, ParentType, ContextType, RequireFields<MutationCancelRegistrationArgs, 'input'>>;
  register?: Resolver<Maybe<ResolversTypes['RegisterResult']>, ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  reissueTicket?: Resolver<Maybe<ResolversTypes['ReissueTicketResult']>, ParentType, ContextType, RequireFields<MutationReissueTicketArgs, 'input'>>;
  revokeTickets?: Resolver<Maybe<ResolversTypes['RevokeTicketsResult']>, ParentType, ContextType, RequireFields<MutationRevokeTicketsArgs, 'input'>>;
  transferTicket?: Resolver<Maybe<ResolversTypes['TransferTicketResult']>, ParentType, ContextType, RequireFields<MutationTransferTicketArgs, 'input'>>;
  upsertRegistrations?: Resolver<Maybe<Array<ResolversTypes['UpsertRegistrationRowResult']>>, ParentType, ContextType, RequireFields<MutationUpsertRegistrationsArgs, 'input'>>;
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
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'SoldOut' | 'ValidationError', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  registrations?: Resolver<Maybe<ResolversTypes['RegistrationConnection']>, ParentType, ContextType, RequireFields<QueryRegistrationsArgs, 'eventId' | 'first'>>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType, RequireFields<QueryTicketArgs, 'id'>>;
};

export type RegisterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterResult'] = ResolversParentTypes['RegisterResult']> = {
  __resolveType?: TypeResolveFn<'IdempotencyConflict' | 'Registration' | 'SoldOut' | 'ValidationError', ParentType, ContextType>;
};

export type RegistrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Registration'] = ResolversParentTypes['Registration'], FederationReferenceType extends FederationReferenceTypes['Registration'] = FederationReferenceTypes['Registration']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Registration']> | FederationReferenceType, FederationReferenceType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  holder?: Resolver<Maybe<ResolversTypes['Holder']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RegistrationStatus'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegistrationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegistrationConnection'] = ResolversParentTypes['RegistrationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['RegistrationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegistrationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegistrationEdge'] = ResolversParentTypes['RegistrationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Registration'], ParentType, ContextType>;
};

export type ReissueTicketResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReissueTicketResult'] = ResolversParentTypes['ReissueTicketResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'Ticket' | 'ValidationError', ParentType, ContextType>;
};

export type RevokeTicketsResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokeTicketsResult'] = ResolversParentTypes['RevokeTicketsResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'RevokedTickets' | 'ValidationError', ParentType, ContextType>;
};

export type RevokedTicketsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RevokedTickets'] = ResolversParentTypes['RevokedTickets']> = {
  notFound?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SoldOutResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SoldOut'] = ResolversParentTypes['SoldOut']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket'], FederationReferenceType extends FederationReferenceTypes['Ticket'] = FederationReferenceTypes['Ticket']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Ticket']> | FederationReferenceType, FederationReferenceType, ContextType>;
  codeHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  holderName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  qrPayload?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  registration?: Resolver<Maybe<ResolversTypes['Registration']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketKey'] = ResolversParentTypes['TicketKey'], FederationReferenceType extends FederationReferenceTypes['TicketKey'] = FederationReferenceTypes['TicketKey']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TicketKey']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  organizationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  publicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketType'] = ResolversParentTypes['TicketType'], FederationReferenceType extends FederationReferenceTypes['TicketType'] = FederationReferenceTypes['TicketType']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TicketType']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  soldCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TransferTicketResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransferTicketResult'] = ResolversParentTypes['TransferTicketResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'IdempotencyConflict' | 'NotFound' | 'Ticket' | 'ValidationError', ParentType, ContextType>;
};

export type UpsertRegistrationRowProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertRegistrationRowProblem'] = ResolversParentTypes['UpsertRegistrationRowProblem']> = {
  __resolveType?: TypeResolveFn<'SoldOut' | 'ValidationError', ParentType, ContextType>;
};

export type UpsertRegistrationRowResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertRegistrationRowResult'] = ResolversParentTypes['UpsertRegistrationRowResult']> = {
  error?: Resolver<Maybe<ResolversTypes['UpsertRegistrationRowProblem']>, ParentType, ContextType>;
  externalId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  registration?: Resolver<Maybe<ResolversTypes['Registration']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  registrations?: Resolver<Maybe<ResolversTypes['RegistrationConnection']>, ParentType, ContextType, RequireFields<UserRegistrationsArgs, 'first'>>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  fields?: Resolver<Array<ResolversTypes['FieldProblem']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  BlockTicketResult?: BlockTicketResultResolvers<ContextType>;
  CancelRegistrationResult?: CancelRegistrationResultResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  Credential?: CredentialResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  Forbidden?: ForbiddenResolvers<ContextType>;
  Holder?: HolderResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterResult?: RegisterResultResolvers<ContextType>;
  Registration?: RegistrationResolvers<ContextType>;
  RegistrationConnection?: RegistrationConnectionResolvers<ContextType>;
  RegistrationEdge?: RegistrationEdgeResolvers<ContextType>;
  ReissueTicketResult?: ReissueTicketResultResolvers<ContextType>;
  RevokeTicketsResult?: RevokeTicketsResultResolvers<ContextType>;
  RevokedTickets?: RevokedTicketsResolvers<ContextType>;
  SoldOut?: SoldOutResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  TicketKey?: TicketKeyResolvers<ContextType>;
  TicketType?: TicketTypeResolvers<ContextType>;
  TransferTicketResult?: TransferTicketResultResolvers<ContextType>;
  UpsertRegistrationRowProblem?: UpsertRegistrationRowProblemResolvers<ContextType>;
  UpsertRegistrationRowResult?: UpsertRegistrationRowResultResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  audience?: AudienceDirectiveResolver<any, any, ContextType>;
};
