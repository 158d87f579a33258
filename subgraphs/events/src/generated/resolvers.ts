// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventRow, ZoneRow, TicketTypeRow, OrganizationReference } from '../store/rows.ts';
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

/** What a second entry without an exit between means. */
export type AntiPassback =
  /** It is refused. */
  | 'HARD'
  /** It is let in, and noted as a conflict. */
  | 'SOFT'
  /** It is refused until `passbackTimeoutSeconds` are over, and then taken for one whose exit nobody saw. */
  | 'TIMED';

/** A copy of an event. */
export type CloneEventInput = {
  /** What to copy. */
  eventId: Scalars['ID']['input'];
  /** Name of the copy. */
  name: Scalars['String']['input'];
  /** Slug of the copy. */
  slug: Scalars['String']['input'];
  /** When the copy starts; doors and end keep their distance to it. */
  startsAt: Scalars['DateTime']['input'];
};

/** How the copying of an event ended. */
export type CloneEventResult = Conflict | Event | NotFound | ValidationError;

/** The thing has changed since you read it, or its state does not allow this. */
export type Conflict = Problem & {
  __typename?: 'Conflict';
  /** What stands in the way. */
  message: Scalars['String']['output'];
  /** The version that is current now; 0 where the thing has none. */
  version: Scalars['Int']['output'];
};

/** A new event. */
export type CreateEventInput = {
  /** Whether the platform opens the doors by itself at `doorsOpenAt` once the event is PUBLISHED. */
  autoOpen?: Scalars['Boolean']['input'];
  /** How many may be registered, 1 to 1,000,000. */
  capacity: Scalars['Int']['input'];
  /** When doors open; not after `startsAt`. */
  doorsOpenAt: Scalars['DateTime']['input'];
  /** When it ends; after `startsAt`. */
  endsAt: Scalars['DateTime']['input'];
  /** Name for people, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Your organization. */
  organizationId: Scalars['ID']['input'];
  /** Short name in addresses: 1 to 63 of a–z, 0–9 and single hyphens; unique in the organization. */
  slug: Scalars['String']['input'];
  /** When it starts. */
  startsAt: Scalars['DateTime']['input'];
  /** IANA name, for example Europe/Berlin. */
  timeZone: Scalars['String']['input'];
};

/** How the making of an event ended. */
export type CreateEventResult = Conflict | Event | ValidationError;

/** How often a ticket may enter. */
export type EntryPolicy =
  /** Again after each exit. */
  | 'AFTER_EXIT'
  /** Once on each day of the event's time zone. */
  | 'ONCE_PER_DAY'
  /** Once, ever. */
  | 'SINGLE'
  /** Whenever, however often. */
  | 'UNLIMITED';

/** An event: what people come to, with its zones and ticket types. */
export type Event = {
  __typename?: 'Event';
  /** Whether the platform opens the doors by itself. */
  autoOpen: Scalars['Boolean']['output'];
  /** How many may be registered. */
  capacity: Scalars['Int']['output'];
  /** When doors open. */
  doorsOpenAt: Scalars['DateTime']['output'];
  /** When it ends. */
  endsAt: Scalars['DateTime']['output'];
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Whose it is. */
  organization: Organization;
  /** The tenant's id; for services. */
  organizationId: Scalars['ID']['output'];
  /** Short name in addresses, unique in the organization. */
  slug: Scalars['String']['output'];
  /** When it starts. */
  startsAt: Scalars['DateTime']['output'];
  /** Its state. */
  status: EventStatus;
  /** Its ticket types, by name. */
  ticketTypes: Array<TicketType>;
  /** IANA name. */
  timeZone: Scalars['String']['output'];
  /** Rises with each change; give it as `expectedVersion`. */
  version: Scalars['Int']['output'];
  /** Its zones, by name. */
  zones: Array<Zone>;
};

/** A page of events. */
export type EventConnection = {
  __typename?: 'EventConnection';
  /** The events with their cursors. */
  edges: Array<EventEdge>;
  /** Where the page stands. */
  pageInfo: PageInfo;
  /** How many match in all. */
  totalCount: Scalars['Int']['output'];
};

/** An event in a page. */
export type EventEdge = {
  __typename?: 'EventEdge';
  /** Where it stands in the list. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: Event;
};

/** Which events. */
export type EventFilter = {
  /** Only those in one of these states. */
  status?: InputMaybe<Array<EventStatus>>;
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

/** There is no such move between the states of an event. */
export type InvalidTransition = Problem & {
  __typename?: 'InvalidTransition';
  /** The states it can move to. */
  allowed: Array<EventStatus>;
  /** The state it has. */
  from: EventStatus;
  /** Which move, and which there are. */
  message: Scalars['String']['output'];
  /** The state that was asked for. */
  to: EventStatus;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Makes a new DRAFT with the zones and ticket types of an event. */
  cloneEvent?: Maybe<CloneEventResult>;
  /** Makes an event in DRAFT. */
  createEvent?: Maybe<CreateEventResult>;
  /** Moves an event to another state if it still has `expectedVersion`. */
  transitionEvent?: Maybe<TransitionEventResult>;
  /** Changes an event if it still has `expectedVersion`. */
  updateEvent?: Maybe<UpdateEventResult>;
  /** Makes or changes a ticket type. Without `id`, the type of that name in the event is changed, or made when there is none. */
  upsertTicketType?: Maybe<UpsertTicketTypeResult>;
  /** Makes or changes a zone. Without `id`, the zone of that name in the event is changed, or made when there is none. */
  upsertZone?: Maybe<UpsertZoneResult>;
};


export type MutationCloneEventArgs = {
  input: CloneEventInput;
};


export type MutationCreateEventArgs = {
  input: CreateEventInput;
};


export type MutationTransitionEventArgs = {
  input: TransitionEventInput;
};


export type MutationUpdateEventArgs = {
  input: UpdateEventInput;
};


export type MutationUpsertTicketTypeArgs = {
  input: UpsertTicketTypeInput;
};


export type MutationUpsertZoneArgs = {
  input: UpsertZoneInput;
};

/** The thing does not exist, or is not yours to see. */
export type NotFound = Problem & {
  __typename?: 'NotFound';
  /** Which kind of thing was not found. */
  message: Scalars['String']['output'];
};

/** A tenant. Every other thing belongs to exactly one. */
export type Organization = {
  __typename?: 'Organization';
  /** Global id. */
  id: Scalars['ID']['output'];
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

/** What everybody may know of an event. */
export type PublicEvent = {
  __typename?: 'PublicEvent';
  /** When doors open. */
  doorsOpenAt: Scalars['DateTime']['output'];
  /** When it ends. */
  endsAt: Scalars['DateTime']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** When it starts. */
  startsAt: Scalars['DateTime']['output'];
  /** Its state. */
  status: EventStatus;
  /** IANA name. */
  timeZone: Scalars['String']['output'];
  /** Names of its zones. */
  zoneNames: Array<Scalars['String']['output']>;
};

export type Query = {
  __typename?: 'Query';
  /** An event of your organization, by id or by slug; null when there is none. */
  event?: Maybe<Event>;
  /** The events of your organization, the latest start first. */
  events?: Maybe<EventConnection>;
  /** What everybody may know of an event that is PUBLISHED or later; null otherwise. Needs no token. */
  publicEvent?: Maybe<PublicEvent>;
};


export type QueryEventArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
  first?: Scalars['Int']['input'];
};


export type QueryPublicEventArgs = {
  organizationSlug: Scalars['String']['input'];
  slug: Scalars['String']['input'];
};

/** A kind of ticket. */
export type TicketType = {
  __typename?: 'TicketType';
  /** Local time of day from which on its tickets enter; null = from midnight on. */
  dailyFrom?: Maybe<Scalars['String']['output']>;
  /** Local time of day until which its tickets enter, on the next day where it is before `dailyFrom`; null = until midnight. */
  dailyUntil?: Maybe<Scalars['String']['output']>;
  /** How often its tickets may enter. */
  entryPolicy: EntryPolicy;
  /** The event it belongs to. */
  event: Event;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** How many may be sold; null = up to the event's capacity. */
  quota?: Maybe<Scalars['Int']['output']>;
  /** Version of the record, rising with each change; for services. */
  recordVersion: Scalars['Int']['output'];
  /** When its tickets begin to be valid; null = when doors open. */
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** When they stop to be valid; null = when the event ends. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** The zones its tickets may enter; empty = all. */
  zones: Array<Zone>;
};

/** A move of an event to another state. */
export type TransitionEventInput = {
  /** The event. */
  eventId: Scalars['ID']['input'];
  /** The version that you read. */
  expectedVersion: Scalars['Int']['input'];
  /** The state it shall have. */
  to: EventStatus;
};

/** How a move of an event ended. */
export type TransitionEventResult = Conflict | Event | InvalidTransition | NotFound;

/** A change of an event. What is left out stays as it is. */
export type UpdateEventInput = {
  /** Whether the platform opens the doors by itself. */
  autoOpen?: InputMaybe<Scalars['Boolean']['input']>;
  /** New capacity, 1 to 1,000,000. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** New opening of the doors. */
  doorsOpenAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** New end. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The event. */
  eventId: Scalars['ID']['input'];
  /** The version that you read. */
  expectedVersion: Scalars['Int']['input'];
  /** New name, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** New slug. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** New start. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** New IANA time zone. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** How a change of an event ended. */
export type UpdateEventResult = Conflict | Event | NotFound | ValidationError;

/** A ticket type. */
export type UpsertTicketTypeInput = {
  /** Local time of day, `18:00`, from which on its tickets enter; null = from midnight on. */
  dailyFrom?: InputMaybe<Scalars['String']['input']>;
  /** Local time of day until which its tickets enter, on the next day where it is before `dailyFrom`; null = until midnight. */
  dailyUntil?: InputMaybe<Scalars['String']['input']>;
  /** How often its tickets may enter. */
  entryPolicy?: EntryPolicy;
  /** The event it belongs to. */
  eventId: Scalars['ID']['input'];
  /** The type to change; left out = by name. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Name for people, 1 to 100 characters, unique in the event. */
  name: Scalars['String']['input'];
  /** How many may be sold, 0 to 1,000,000; null = up to the event's capacity. */
  quota?: InputMaybe<Scalars['Int']['input']>;
  /** When its tickets begin to be valid; null = when doors open. */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** When they stop to be valid; null = when the event ends. */
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  /** The zones its tickets may enter; null or empty = all. */
  zoneIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** How the change of a ticket type ended. */
export type UpsertTicketTypeResult = Conflict | Forbidden | NotFound | TicketType | ValidationError;

/** A zone. */
export type UpsertZoneInput = {
  /** What a second entry without an exit between means. */
  antiPassback?: AntiPassback;
  /** How many bodies it holds, 1 to 1,000,000; null = not limited. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** Local time of day, `04:00`, at which the zone is emptied, once a day; null = never. */
  closesAt?: InputMaybe<Scalars['String']['input']>;
  /** What happens at capacity. */
  enforcement?: ZoneEnforcement;
  /** How often a ticket may enter; null = as its ticket type says. */
  entryPolicy?: InputMaybe<EntryPolicy>;
  /** The event it belongs to. */
  eventId: Scalars['ID']['input'];
  /** The zone to change; left out = by name. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Name for people, 1 to 100 characters, unique in the event. */
  name: Scalars['String']['input'];
  /** The zone it lies in; null = directly in the event's ground. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How long after a movement the same ticket may not enter again, 1 to 86,400 seconds; null = no such time. TIMED needs it. */
  passbackTimeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
};

/** How the change of a zone ended. */
export type UpsertZoneResult = Conflict | Forbidden | NotFound | ValidationError | Zone;

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
  /** What a second entry without an exit between means. */
  antiPassback: AntiPassback;
  /** How many bodies it holds; null = not limited. */
  capacity?: Maybe<Scalars['Int']['output']>;
  /** Local time of day, `04:00`, at which the zone is emptied, once a day; null = never. */
  closesAt?: Maybe<Scalars['String']['output']>;
  /** What happens at capacity. */
  enforcement: ZoneEnforcement;
  /** How often a ticket may enter; null = as its ticket type says. */
  entryPolicy?: Maybe<EntryPolicy>;
  /** The event it belongs to. */
  event: Event;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** The zone it lies in. */
  parent?: Maybe<Zone>;
  /** How long after a movement the same ticket may not enter again, in seconds; null = no such time. */
  passbackTimeoutSeconds?: Maybe<Scalars['Int']['output']>;
  /** Version of the record, rising with each change; for services. */
  recordVersion: Scalars['Int']['output'];
};

/** What happens when a zone is at capacity. */
export type ZoneEnforcement =
  /** Entries are refused (ZONE_FULL). */
  | 'HARD'
  /** Nothing; it is only counted. */
  | 'NONE'
  /** Entries are refused and may be overridden by a supervisor. */
  | 'SOFT';

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
  Event: Event;
  TicketType: TicketType;
  Zone: Zone;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
  TicketType:
    ( { __typename: 'TicketType' }
    & GraphQLRecursivePick<FederationTypes['TicketType'], {"id":true}> );
  Zone:
    ( { __typename: 'Zone' }
    & GraphQLRecursivePick<FederationTypes['Zone'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CloneEventResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( EventRow & { __typename: 'Event' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  CreateEventResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( EventRow & { __typename: 'Event' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  TransitionEventResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( EventRow & { __typename: 'Event' } )
    | ( InvalidTransition & { __typename: 'InvalidTransition' } )
    | ( NotFound & { __typename: 'NotFound' } )
  ;
  UpdateEventResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( EventRow & { __typename: 'Event' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  UpsertTicketTypeResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( TicketTypeRow & { __typename: 'TicketType' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
  UpsertZoneResult:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
    | ( ZoneRow & { __typename: 'Zone' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( Conflict & { __typename: 'Conflict' } )
    | ( Forbidden & { __typename: 'Forbidden' } )
    | ( InvalidTransition & { __typename: 'InvalidTransition' } )
    | ( NotFound & { __typename: 'NotFound' } )
    | ( ValidationError & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AntiPassback: AntiPassback;
  CloneEventInput: CloneEventInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CloneEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CloneEventResult']>;
  Conflict: ResolverTypeWrapper<Conflict>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CreateEventInput: CreateEventInput;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CreateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateEventResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EntryPolicy: EntryPolicy;
  Event: ResolverTypeWrapper<EventRow>;
  EventConnection: ResolverTypeWrapper<Omit<EventConnection, 'edges'> & { edges: Array<ResolversTypes['EventEdge']> }>;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFilter: EventFilter;
  EventStatus: EventStatus;
  FieldProblem: ResolverTypeWrapper<FieldProblem>;
  Forbidden: ResolverTypeWrapper<Forbidden>;
  InvalidTransition: ResolverTypeWrapper<InvalidTransition>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFound: ResolverTypeWrapper<NotFound>;
  Organization: ResolverTypeWrapper<OrganizationReference>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  PublicEvent: ResolverTypeWrapper<PublicEvent>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TicketType: ResolverTypeWrapper<TicketTypeRow>;
  TransitionEventInput: TransitionEventInput;
  TransitionEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TransitionEventResult']>;
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateEventResult']>;
  UpsertTicketTypeInput: UpsertTicketTypeInput;
  UpsertTicketTypeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpsertTicketTypeResult']>;
  UpsertZoneInput: UpsertZoneInput;
  UpsertZoneResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpsertZoneResult']>;
  ValidationError: ResolverTypeWrapper<ValidationError>;
  Zone: ResolverTypeWrapper<ZoneRow>;
  ZoneEnforcement: ZoneEnforcement;
  topic__Audience: Topic__Audience;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CloneEventInput: CloneEventInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  CloneEventResult: ResolversUnionTypes<ResolversParentTypes>['CloneEventResult'];
  Conflict: Conflict;
  Int: Scalars['Int']['output'];
  CreateEventInput: CreateEventInput;
  Boolean: Scalars['Boolean']['output'];
  CreateEventResult: ResolversUnionTypes<ResolversParentTypes>['CreateEventResult'];
  DateTime: Scalars['DateTime']['output'];
  Event: EventRow;
  EventConnection: Omit<EventConnection, 'edges'> & { edges: Array<ResolversParentTypes['EventEdge']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFilter: EventFilter;
  FieldProblem: FieldProblem;
  Forbidden: Forbidden;
  InvalidTransition: InvalidTransition;
  Mutation: Record<PropertyKey, never>;
  NotFound: NotFound;
  Organization: OrganizationReference;
  PageInfo: PageInfo;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  PublicEvent: PublicEvent;
  Query: Record<PropertyKey, never>;
  TicketType: TicketTypeRow;
  TransitionEventInput: TransitionEventInput;
  TransitionEventResult: ResolversUnionTypes<ResolversParentTypes>['TransitionEventResult'];
  UpdateEventInput: UpdateEventInput;
  UpdateEventResult: ResolversUnionTypes<ResolversParentTypes>['UpdateEventResult'];
  UpsertTicketTypeInput: UpsertTicketTypeInput;
  UpsertTicketTypeResult: ResolversUnionTypes<ResolversParentTypes>['UpsertTicketTypeResult'];
  UpsertZoneInput: UpsertZoneInput;
  UpsertZoneResult: ResolversUnionTypes<ResolversParentTypes>['UpsertZoneResult'];
  ValidationError: ValidationError;
  Zone: ZoneRow;
};

export type AudienceDirectiveArgs = {
  by?: Topic__Audience;
};

export type AudienceDirectiveResolver<Result, Parent, ContextType = Context, Args = AudienceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type CloneEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloneEventResult'] = ResolversParentTypes['CloneEventResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Event' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type ConflictResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conflict'] = ResolversParentTypes['Conflict']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateEventResult'] = ResolversParentTypes['CreateEventResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Event' | 'ValidationError', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  autoOpen?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  doorsOpenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  organization?: Resolver<ResolversTypes['Organization'], ParentType, ContextType>;
  organizationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  ticketTypes?: Resolver<Array<ResolversTypes['TicketType']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zones?: Resolver<Array<ResolversTypes['Zone']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type FieldProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FieldProblem'] = ResolversParentTypes['FieldProblem']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ForbiddenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Forbidden'] = ResolversParentTypes['Forbidden']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidTransitionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidTransition'] = ResolversParentTypes['InvalidTransition']> = {
  allowed?: Resolver<Array<ResolversTypes['EventStatus']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cloneEvent?: Resolver<Maybe<ResolversTypes['CloneEventResult']>, ParentType, ContextType, RequireFields<MutationCloneEventArgs, 'input'>>;
  createEvent?: Resolver<Maybe<ResolversTypes['CreateEventResult']>, ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  transitionEvent?: Resolver<Maybe<ResolversTypes['TransitionEventResult']>, ParentType, ContextType, RequireFields<MutationTransitionEventArgs, 'input'>>;
  updateEvent?: Resolver<Maybe<ResolversTypes['UpdateEventResult']>, ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'input'>>;
  upsertTicketType?: Resolver<Maybe<ResolversTypes['UpsertTicketTypeResult']>, ParentType, ContextType, RequireFields<MutationUpsertTicketTypeArgs, 'input'>>;
  upsertZone?: Resolver<Maybe<ResolversTypes['UpsertZoneResult']>, ParentType, ContextType, RequireFields<MutationUpsertZoneArgs, 'input'>>;
};

export type NotFoundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'InvalidTransition' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type PublicEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PublicEvent'] = ResolversParentTypes['PublicEvent']> = {
  doorsOpenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zoneNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType, Partial<QueryEventArgs>>;
  events?: Resolver<Maybe<ResolversTypes['EventConnection']>, ParentType, ContextType, RequireFields<QueryEventsArgs, 'first'>>;
  publicEvent?: Resolver<Maybe<ResolversTypes['PublicEvent']>, ParentType, ContextType, RequireFields<QueryPublicEventArgs, 'organizationSlug' | 'slug'>>;
};

export type TicketTypeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TicketType'] = ResolversParentTypes['TicketType'], FederationReferenceType extends FederationReferenceTypes['TicketType'] = FederationReferenceTypes['TicketType']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['TicketType']> | FederationReferenceType, FederationReferenceType, ContextType>;
  dailyFrom?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dailyUntil?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  entryPolicy?: Resolver<ResolversTypes['EntryPolicy'], ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quota?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  recordVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  zones?: Resolver<Array<ResolversTypes['Zone']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransitionEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TransitionEventResult'] = ResolversParentTypes['TransitionEventResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Event' | 'InvalidTransition' | 'NotFound', ParentType, ContextType>;
};

export type UpdateEventResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateEventResult'] = ResolversParentTypes['UpdateEventResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Event' | 'NotFound' | 'ValidationError', ParentType, ContextType>;
};

export type UpsertTicketTypeResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertTicketTypeResult'] = ResolversParentTypes['UpsertTicketTypeResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'TicketType' | 'ValidationError', ParentType, ContextType>;
};

export type UpsertZoneResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpsertZoneResult'] = ResolversParentTypes['UpsertZoneResult']> = {
  __resolveType?: TypeResolveFn<'Conflict' | 'Forbidden' | 'NotFound' | 'ValidationError' | 'Zone', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  fields?: Resolver<Array<ResolversTypes['FieldProblem']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ZoneResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Zone'] = ResolversParentTypes['Zone'], FederationReferenceType extends FederationReferenceTypes['Zone'] = FederationReferenceTypes['Zone']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Zone']> | FederationReferenceType, FederationReferenceType, ContextType>;
  antiPassback?: Resolver<ResolversTypes['AntiPassback'], ParentType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  closesAt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  enforcement?: Resolver<ResolversTypes['ZoneEnforcement'], ParentType, ContextType>;
  entryPolicy?: Resolver<Maybe<ResolversTypes['EntryPolicy']>, ParentType, ContextType>;
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Zone']>, ParentType, ContextType>;
  passbackTimeoutSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  recordVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  CloneEventResult?: CloneEventResultResolvers<ContextType>;
  Conflict?: ConflictResolvers<ContextType>;
  CreateEventResult?: CreateEventResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  FieldProblem?: FieldProblemResolvers<ContextType>;
  Forbidden?: ForbiddenResolvers<ContextType>;
  InvalidTransition?: InvalidTransitionResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  PublicEvent?: PublicEventResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  TicketType?: TicketTypeResolvers<ContextType>;
  TransitionEventResult?: TransitionEventResultResolvers<ContextType>;
  UpdateEventResult?: UpdateEventResultResolvers<ContextType>;
  UpsertTicketTypeResult?: UpsertTicketTypeResultResolvers<ContextType>;
  UpsertZoneResult?: UpsertZoneResultResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  Zone?: ZoneResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  audience?: AudienceDirectiveResolver<any, any, ContextType>;
};
