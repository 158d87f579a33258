// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { DeviceRow, OrganizationRow, UserRow } from '../store/rows.ts';
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

/** What a new device will be. */
export type CreateDeviceEnrolmentInput = {
  /** The event it scans for. */
  eventId: Scalars['ID']['input'];
  /** The gates it may scan at, 1 to 50, all of that event. */
  gateIds: Array<Scalars['ID']['input']>;
  /** What people call it, 1 to 100 characters. */
  name: Scalars['String']['input'];
};

/** A scanner that people carry or that stands in a lane. */
export type Device = {
  __typename?: 'Device';
  /** Whether its credential is good. */
  credentialStatus?: Maybe<DeviceCredentialStatus>;
  /** Version of the record, rising with each change; for services. */
  credentialVersion?: Maybe<Scalars['Int']['output']>;
  /** When it enrolled; since its key was rolled, when it enrolled anew. */
  enrolledAt?: Maybe<Scalars['DateTime']['output']>;
  /** The gates named at its enrolment; for services. */
  enrolledGateIds?: Maybe<Array<Scalars['ID']['output']>>;
  /** The event it scans for; for services. */
  eventId?: Maybe<Scalars['ID']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** What people call it. */
  name?: Maybe<Scalars['String']['output']>;
};

/** State of a device's credential. */
export type DeviceCredentialStatus =
  /** Enrolled and trusted. */
  | 'ACTIVE'
  /** Taken away for ever. */
  | 'REVOKED';

/** A one-time invitation for a device, new or enrolled before. */
export type DeviceEnrolment = {
  __typename?: 'DeviceEnrolment';
  /** The token, shown only here. */
  enrolmentToken: Scalars['String']['output'];
  /** When it lapses if it is not used. */
  expiresAt: Scalars['DateTime']['output'];
};

/** A device's session. */
export type DeviceSession = {
  __typename?: 'DeviceSession';
  /** Ed25519 JWT for the Authorization header: `Bearer …`. */
  accessToken: Scalars['String']['output'];
  /** Which device. */
  device: Device;
  /** When the access token ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** One-time token for `refreshSession`. */
  refreshToken: Scalars['String']['output'];
  /** The server's clock, to measure the device's skew by. */
  serverTime: Scalars['DateTime']['output'];
};

/** An enrolment token to exchange. */
export type EnrolDeviceInput = {
  /** The token as `createDeviceEnrolment` or `rollDevice` gave it. */
  enrolmentToken: Scalars['String']['input'];
};

/** How an enrolment ended. */
export type EnrolDeviceResult = DeviceSession | EnrolmentRefused;

/** The enrolment token is unknown, used or lapsed, or its device was revoked. */
export type EnrolmentRefused = Problem & {
  __typename?: 'EnrolmentRefused';
  /** Which of these, and what to do. */
  message: Scalars['String']['output'];
};

/** E-mail, password or token do not fit. Does not say which. */
export type InvalidCredentials = Problem & {
  __typename?: 'InvalidCredentials';
  /** What was refused. */
  message: Scalars['String']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Makes a one-time token with which a device enrols itself for an event's gates. Refused input is an error BAD_USER_INPUT whose `fields` name what was refused. */
  createDeviceEnrolment?: Maybe<DeviceEnrolment>;
  /** Exchanges an enrolment token, once, for a device and its session. The token of `rollDevice` gives the device that it was made for. */
  enrolDevice: EnrolDeviceResult;
  /** Exchanges a refresh token for the next pair. The old token answers with the same successor for 60 s; later use of it revokes the whole family. */
  refreshSession: RefreshSessionResult;
  /** Takes a device's credential away for ever. Null when there is no such device. Revoking twice changes nothing. */
  revokeDevice?: Maybe<Device>;
  /** Makes a one-time token by which a device gets a new key: the same device set up anew, or another one in its place. Id, name, event and gates stay, and `deviceSeq` goes on where it was. The session that the device has ends when the token is used, and what the token replaces is an earlier one that was not used. Null when there is no such device; one that is revoked is an error BAD_USER_INPUT. */
  rollDevice?: Maybe<DeviceEnrolment>;
  /** Exchanges e-mail and password for a session. */
  signIn: SignInResult;
  /** Ends the session of the token that asks. True also when it had ended before. */
  signOut: Scalars['Boolean']['output'];
};


export type MutationCreateDeviceEnrolmentArgs = {
  input: CreateDeviceEnrolmentInput;
};


export type MutationEnrolDeviceArgs = {
  input: EnrolDeviceInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRevokeDeviceArgs = {
  input: RevokeDeviceInput;
};


export type MutationRollDeviceArgs = {
  input: RollDeviceInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};

/** A tenant. Every other thing belongs to exactly one. */
export type Organization = {
  __typename?: 'Organization';
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Its accounts by e-mail, at most 1,000. */
  members?: Maybe<Array<User>>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Short name in addresses, unique on this platform. */
  slug: Scalars['String']['output'];
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
  /** The organization of the token, by id, by slug or by neither; null for any other. */
  organization?: Maybe<Organization>;
};


export type QueryOrganizationArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};

/** Too many attempts or requests. */
export type RateLimited = Problem & {
  __typename?: 'RateLimited';
  /** What was limited. */
  message: Scalars['String']['output'];
  /** When to try again, in milliseconds. */
  retryAfterMs: Scalars['Int']['output'];
};

/** A refresh token to exchange. */
export type RefreshSessionInput = {
  /** The token as `signIn`, `enrolDevice` or the last `refreshSession` gave it. */
  refreshToken: Scalars['String']['input'];
};

/** How a refresh ended. */
export type RefreshSessionResult = DeviceSession | InvalidCredentials | Session;

/** The device to revoke. */
export type RevokeDeviceInput = {
  /** Its id. */
  deviceId: Scalars['ID']['input'];
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

/** The device to give a new key. */
export type RollDeviceInput = {
  /** Its id. */
  deviceId: Scalars['ID']['input'];
};

/** A person's session. */
export type Session = {
  __typename?: 'Session';
  /** Ed25519 JWT for the Authorization header: `Bearer …`. */
  accessToken: Scalars['String']['output'];
  /** When the access token ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** One-time token for `refreshSession`. */
  refreshToken: Scalars['String']['output'];
  /** Whose session it is. */
  user: User;
};

/** E-mail and password of an account. */
export type SignInInput = {
  /** E-mail address, compared without regard to case; at most 254 characters. */
  email: Scalars['String']['input'];
  /** Password; at most 256 characters. */
  password: Scalars['String']['input'];
};

/** How a sign-in ended. */
export type SignInResult = InvalidCredentials | RateLimited | Session;

/** A person's account. */
export type User = {
  __typename?: 'User';
  /** E-mail address, in lower case; null but for the person and for holders of `user:pii`. */
  email?: Maybe<Scalars['String']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** Roles within the organization. */
  roles: Array<Role>;
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
  Device: Device;
  Organization: Organization;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Device:
    ( { __typename: 'Device' }
    & GraphQLRecursivePick<FederationTypes['Device'], {"id":true}> );
  Organization:
    ( { __typename: 'Organization' }
    & GraphQLRecursivePick<FederationTypes['Organization'], {"id":true}> );
  User:
    ( { __typename: 'User' }
    & GraphQLRecursivePick<FederationTypes['User'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  EnrolDeviceResult:
    | ( Omit<DeviceSession, 'device'> & { device: _RefType['Device'] } & { __typename: 'DeviceSession' } )
    | ( EnrolmentRefused & { __typename: 'EnrolmentRefused' } )
  ;
  RefreshSessionResult:
    | ( Omit<DeviceSession, 'device'> & { device: _RefType['Device'] } & { __typename: 'DeviceSession' } )
    | ( InvalidCredentials & { __typename: 'InvalidCredentials' } )
    | ( Omit<Session, 'user'> & { user: _RefType['User'] } & { __typename: 'Session' } )
  ;
  SignInResult:
    | ( InvalidCredentials & { __typename: 'InvalidCredentials' } )
    | ( RateLimited & { __typename: 'RateLimited' } )
    | ( Omit<Session, 'user'> & { user: _RefType['User'] } & { __typename: 'Session' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Problem:
    | ( EnrolmentRefused & { __typename: 'EnrolmentRefused' } )
    | ( InvalidCredentials & { __typename: 'InvalidCredentials' } )
    | ( RateLimited & { __typename: 'RateLimited' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CreateDeviceEnrolmentInput: CreateDeviceEnrolmentInput;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Device: ResolverTypeWrapper<DeviceRow>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  DeviceCredentialStatus: DeviceCredentialStatus;
  DeviceEnrolment: ResolverTypeWrapper<DeviceEnrolment>;
  DeviceSession: ResolverTypeWrapper<Omit<DeviceSession, 'device'> & { device: ResolversTypes['Device'] }>;
  EnrolDeviceInput: EnrolDeviceInput;
  EnrolDeviceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['EnrolDeviceResult']>;
  EnrolmentRefused: ResolverTypeWrapper<EnrolmentRefused>;
  InvalidCredentials: ResolverTypeWrapper<InvalidCredentials>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Organization: ResolverTypeWrapper<OrganizationRow>;
  Problem: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Problem']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimited: ResolverTypeWrapper<RateLimited>;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefreshSessionResult']>;
  RevokeDeviceInput: RevokeDeviceInput;
  Role: Role;
  RollDeviceInput: RollDeviceInput;
  Session: ResolverTypeWrapper<Omit<Session, 'user'> & { user: ResolversTypes['User'] }>;
  SignInInput: SignInInput;
  SignInResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignInResult']>;
  User: ResolverTypeWrapper<UserRow>;
  topic__Audience: Topic__Audience;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  CreateDeviceEnrolmentInput: CreateDeviceEnrolmentInput;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  DateTime: Scalars['DateTime']['output'];
  Device: DeviceRow;
  Int: Scalars['Int']['output'];
  DeviceEnrolment: DeviceEnrolment;
  DeviceSession: Omit<DeviceSession, 'device'> & { device: ResolversParentTypes['Device'] };
  EnrolDeviceInput: EnrolDeviceInput;
  EnrolDeviceResult: ResolversUnionTypes<ResolversParentTypes>['EnrolDeviceResult'];
  EnrolmentRefused: EnrolmentRefused;
  InvalidCredentials: InvalidCredentials;
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Organization: OrganizationRow;
  Problem: ResolversInterfaceTypes<ResolversParentTypes>['Problem'];
  Query: Record<PropertyKey, never>;
  RateLimited: RateLimited;
  RefreshSessionInput: RefreshSessionInput;
  RefreshSessionResult: ResolversUnionTypes<ResolversParentTypes>['RefreshSessionResult'];
  RevokeDeviceInput: RevokeDeviceInput;
  RollDeviceInput: RollDeviceInput;
  Session: Omit<Session, 'user'> & { user: ResolversParentTypes['User'] };
  SignInInput: SignInInput;
  SignInResult: ResolversUnionTypes<ResolversParentTypes>['SignInResult'];
  User: UserRow;
};

export type AudienceDirectiveArgs = {
  by?: Topic__Audience;
};

export type AudienceDirectiveResolver<Result, Parent, ContextType = Context, Args = AudienceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device'], FederationReferenceType extends FederationReferenceTypes['Device'] = FederationReferenceTypes['Device']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Device']> | FederationReferenceType, FederationReferenceType, ContextType>;
  credentialStatus?: Resolver<Maybe<ResolversTypes['DeviceCredentialStatus']>, ParentType, ContextType>;
  credentialVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  enrolledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  enrolledGateIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  eventId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeviceEnrolmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceEnrolment'] = ResolversParentTypes['DeviceEnrolment']> = {
  enrolmentToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DeviceSessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeviceSession'] = ResolversParentTypes['DeviceSession']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  serverTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EnrolDeviceResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnrolDeviceResult'] = ResolversParentTypes['EnrolDeviceResult']> = {
  __resolveType?: TypeResolveFn<'DeviceSession' | 'EnrolmentRefused', ParentType, ContextType>;
};

export type EnrolmentRefusedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EnrolmentRefused'] = ResolversParentTypes['EnrolmentRefused']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvalidCredentialsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidCredentials'] = ResolversParentTypes['InvalidCredentials']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createDeviceEnrolment?: Resolver<Maybe<ResolversTypes['DeviceEnrolment']>, ParentType, ContextType, RequireFields<MutationCreateDeviceEnrolmentArgs, 'input'>>;
  enrolDevice?: Resolver<ResolversTypes['EnrolDeviceResult'], ParentType, ContextType, RequireFields<MutationEnrolDeviceArgs, 'input'>>;
  refreshSession?: Resolver<ResolversTypes['RefreshSessionResult'], ParentType, ContextType, RequireFields<MutationRefreshSessionArgs, 'input'>>;
  revokeDevice?: Resolver<Maybe<ResolversTypes['Device']>, ParentType, ContextType, RequireFields<MutationRevokeDeviceArgs, 'input'>>;
  rollDevice?: Resolver<Maybe<ResolversTypes['DeviceEnrolment']>, ParentType, ContextType, RequireFields<MutationRollDeviceArgs, 'input'>>;
  signIn?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'input'>>;
  signOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrganizationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Organization'] = ResolversParentTypes['Organization'], FederationReferenceType extends FederationReferenceTypes['Organization'] = FederationReferenceTypes['Organization']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Organization']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  members?: Resolver<Maybe<Array<ResolversTypes['User']>>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType?: TypeResolveFn<'EnrolmentRefused' | 'InvalidCredentials' | 'RateLimited', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  me?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  organization?: Resolver<Maybe<ResolversTypes['Organization']>, ParentType, ContextType, Partial<QueryOrganizationArgs>>;
};

export type RateLimitedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RateLimited'] = ResolversParentTypes['RateLimited']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefreshSessionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefreshSessionResult'] = ResolversParentTypes['RefreshSessionResult']> = {
  __resolveType?: TypeResolveFn<'DeviceSession' | 'InvalidCredentials' | 'Session', ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignInResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInResult'] = ResolversParentTypes['SignInResult']> = {
  __resolveType?: TypeResolveFn<'InvalidCredentials' | 'RateLimited' | 'Session', ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  roles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Device?: DeviceResolvers<ContextType>;
  DeviceEnrolment?: DeviceEnrolmentResolvers<ContextType>;
  DeviceSession?: DeviceSessionResolvers<ContextType>;
  EnrolDeviceResult?: EnrolDeviceResultResolvers<ContextType>;
  EnrolmentRefused?: EnrolmentRefusedResolvers<ContextType>;
  InvalidCredentials?: InvalidCredentialsResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Organization?: OrganizationResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RateLimited?: RateLimitedResolvers<ContextType>;
  RefreshSessionResult?: RefreshSessionResultResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SignInResult?: SignInResultResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  audience?: AudienceDirectiveResolver<any, any, ContextType>;
};
