// Written by `pnpm codegen` from the GraphQL schema. An edit here is lost.

import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { BucketRow } from '../store.ts';
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

/** An event: what people come to, with its zones and ticket types. */
export type Event = {
  __typename?: 'Event';
  /** Distinct credentials that were admitted. */
  admitted?: Maybe<Scalars['Int']['output']>;
  /** Global id. */
  id: Scalars['ID']['output'];
  /** As `Query.ingress`, of this event. */
  ingress?: Maybe<Array<IngressBucket>>;
  /** Share of the registered who have not come: 0 to 1; null when nobody is registered. */
  noShowRate?: Maybe<Scalars['Float']['output']>;
  /** How many registrations hold a place. */
  registeredCount?: Maybe<Scalars['Int']['output']>;
};


/** An event: what people come to, with its zones and ticket types. */
export type EventIngressArgs = {
  bucket?: Scalars['Int']['input'];
  from?: InputMaybe<Scalars['DateTime']['input']>;
  gateId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A way between two zones, or between a zone and the outside. */
export type Gate = {
  __typename?: 'Gate';
  /** Global id. */
  id: Scalars['ID']['output'];
};

/** What passed a gate in one span of time. */
export type IngressBucket = {
  __typename?: 'IngressBucket';
  /** When the bucket begins. */
  at: Scalars['DateTime']['output'];
  /** Admitted entries, at the time that counts (`Scan.effectiveAt`). */
  entries: Scalars['Int']['output'];
  /** Admitted exits. */
  exits: Scalars['Int']['output'];
  /** Of them, first admissions of a credential. */
  firstEntries: Scalars['Int']['output'];
  /** The gate. */
  gate?: Maybe<Gate>;
  /** Refused attempts. */
  rejected: Scalars['Int']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** Entries, exits and refusals by time and gate, the earliest first; empty buckets are left out. At most 20,000 buckets: BAD_USER_INPUT names a length that fits. */
  ingress?: Maybe<Array<IngressBucket>>;
};


export type QueryIngressArgs = {
  bucket?: Scalars['Int']['input'];
  eventId: Scalars['ID']['input'];
  from?: InputMaybe<Scalars['DateTime']['input']>;
  gateId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
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
  Event: Event;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Event'], {"registeredCount":true,"admitted":true}> ) );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Event: ResolverTypeWrapper<Omit<Event, 'ingress'> & { ingress?: Maybe<Array<ResolversTypes['IngressBucket']>> }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Gate: ResolverTypeWrapper<Gate>;
  IngressBucket: ResolverTypeWrapper<BucketRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  topic__Audience: Topic__Audience;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Event: Omit<Event, 'ingress'> & { ingress?: Maybe<Array<ResolversParentTypes['IngressBucket']>> } | FederationReferenceTypes['Event'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  Float: Scalars['Float']['output'];
  Gate: Gate;
  IngressBucket: BucketRow;
  Query: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  String: Scalars['String']['output'];
};

export type AudienceDirectiveArgs = {
  by?: Topic__Audience;
};

export type AudienceDirectiveResolver<Result, Parent, ContextType = Context, Args = AudienceDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ingress?: Resolver<Maybe<Array<ResolversTypes['IngressBucket']>>, ParentType, ContextType, RequireFields<EventIngressArgs, 'bucket'>>;
  noShowRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type GateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Gate'] = ResolversParentTypes['Gate']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type IngressBucketResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IngressBucket'] = ResolversParentTypes['IngressBucket']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  firstEntries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  gate?: Resolver<Maybe<ResolversTypes['Gate']>, ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  ingress?: Resolver<Maybe<Array<ResolversTypes['IngressBucket']>>, ParentType, ContextType, RequireFields<QueryIngressArgs, 'bucket' | 'eventId'>>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  Gate?: GateResolvers<ContextType>;
  IngressBucket?: IngressBucketResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  audience?: AudienceDirectiveResolver<any, any, ContextType>;
};
