/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Ingress($eventId: ID!, $bucket: Int!, $from: DateTime) {\n  ingress(eventId: $eventId, bucket: $bucket, from: $from) {\n    at\n    entries\n    exits\n    rejected\n    gate {\n      id\n    }\n  }\n}": typeof types.IngressDocument,
    "query EventAtAddress($slug: String!, $shownId: ID!, $hasShown: Boolean!) {\n  atAddress: event(slug: $slug) {\n    id\n    name\n    slug\n    status\n    startsAt\n    doorsOpenAt\n    endsAt\n    timeZone\n    registeredCount\n    zones {\n      id\n      parent {\n        name\n      }\n    }\n  }\n  shown: event(id: $shownId) @include(if: $hasShown) {\n    id\n    name\n    slug\n  }\n}": typeof types.EventAtAddressDocument,
    "query Events {\n  events(first: 200) {\n    edges {\n      node {\n        id\n        name\n        slug\n        status\n        startsAt\n        endsAt\n        timeZone\n      }\n    }\n  }\n}": typeof types.EventsDocument,
    "subscription OccupancyChanged($eventId: ID!, $minIntervalMs: Int!, $afterSeq: Int) {\n  occupancyChanged(\n    eventId: $eventId\n    minIntervalMs: $minIntervalMs\n    afterSeq: $afterSeq\n  ) {\n    event {\n      id\n      name\n    }\n    seq\n    asOf\n    admitted\n    inside\n    reset\n    zones {\n      inside\n      zone {\n        id\n        name\n        capacity\n        enforcement\n      }\n    }\n    gates {\n      entries\n      exits\n      rejected\n      entriesPerMinute\n      gate {\n        id\n        name\n        status\n      }\n    }\n  }\n}": typeof types.OccupancyChangedDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n      user {\n        id\n        roles\n      }\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfterMs\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n    ... on InvalidCredentials {\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut\n}": typeof types.SignInDocument,
};
const documents: Documents = {
    "query Ingress($eventId: ID!, $bucket: Int!, $from: DateTime) {\n  ingress(eventId: $eventId, bucket: $bucket, from: $from) {\n    at\n    entries\n    exits\n    rejected\n    gate {\n      id\n    }\n  }\n}": types.IngressDocument,
    "query EventAtAddress($slug: String!, $shownId: ID!, $hasShown: Boolean!) {\n  atAddress: event(slug: $slug) {\n    id\n    name\n    slug\n    status\n    startsAt\n    doorsOpenAt\n    endsAt\n    timeZone\n    registeredCount\n    zones {\n      id\n      parent {\n        name\n      }\n    }\n  }\n  shown: event(id: $shownId) @include(if: $hasShown) {\n    id\n    name\n    slug\n  }\n}": types.EventAtAddressDocument,
    "query Events {\n  events(first: 200) {\n    edges {\n      node {\n        id\n        name\n        slug\n        status\n        startsAt\n        endsAt\n        timeZone\n      }\n    }\n  }\n}": types.EventsDocument,
    "subscription OccupancyChanged($eventId: ID!, $minIntervalMs: Int!, $afterSeq: Int) {\n  occupancyChanged(\n    eventId: $eventId\n    minIntervalMs: $minIntervalMs\n    afterSeq: $afterSeq\n  ) {\n    event {\n      id\n      name\n    }\n    seq\n    asOf\n    admitted\n    inside\n    reset\n    zones {\n      inside\n      zone {\n        id\n        name\n        capacity\n        enforcement\n      }\n    }\n    gates {\n      entries\n      exits\n      rejected\n      entriesPerMinute\n      gate {\n        id\n        name\n        status\n      }\n    }\n  }\n}": types.OccupancyChangedDocument,
    "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n      user {\n        id\n        roles\n      }\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfterMs\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n    ... on InvalidCredentials {\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut\n}": types.SignInDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Ingress($eventId: ID!, $bucket: Int!, $from: DateTime) {\n  ingress(eventId: $eventId, bucket: $bucket, from: $from) {\n    at\n    entries\n    exits\n    rejected\n    gate {\n      id\n    }\n  }\n}"): (typeof documents)["query Ingress($eventId: ID!, $bucket: Int!, $from: DateTime) {\n  ingress(eventId: $eventId, bucket: $bucket, from: $from) {\n    at\n    entries\n    exits\n    rejected\n    gate {\n      id\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query EventAtAddress($slug: String!, $shownId: ID!, $hasShown: Boolean!) {\n  atAddress: event(slug: $slug) {\n    id\n    name\n    slug\n    status\n    startsAt\n    doorsOpenAt\n    endsAt\n    timeZone\n    registeredCount\n    zones {\n      id\n      parent {\n        name\n      }\n    }\n  }\n  shown: event(id: $shownId) @include(if: $hasShown) {\n    id\n    name\n    slug\n  }\n}"): (typeof documents)["query EventAtAddress($slug: String!, $shownId: ID!, $hasShown: Boolean!) {\n  atAddress: event(slug: $slug) {\n    id\n    name\n    slug\n    status\n    startsAt\n    doorsOpenAt\n    endsAt\n    timeZone\n    registeredCount\n    zones {\n      id\n      parent {\n        name\n      }\n    }\n  }\n  shown: event(id: $shownId) @include(if: $hasShown) {\n    id\n    name\n    slug\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Events {\n  events(first: 200) {\n    edges {\n      node {\n        id\n        name\n        slug\n        status\n        startsAt\n        endsAt\n        timeZone\n      }\n    }\n  }\n}"): (typeof documents)["query Events {\n  events(first: 200) {\n    edges {\n      node {\n        id\n        name\n        slug\n        status\n        startsAt\n        endsAt\n        timeZone\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription OccupancyChanged($eventId: ID!, $minIntervalMs: Int!, $afterSeq: Int) {\n  occupancyChanged(\n    eventId: $eventId\n    minIntervalMs: $minIntervalMs\n    afterSeq: $afterSeq\n  ) {\n    event {\n      id\n      name\n    }\n    seq\n    asOf\n    admitted\n    inside\n    reset\n    zones {\n      inside\n      zone {\n        id\n        name\n        capacity\n        enforcement\n      }\n    }\n    gates {\n      entries\n      exits\n      rejected\n      entriesPerMinute\n      gate {\n        id\n        name\n        status\n      }\n    }\n  }\n}"): (typeof documents)["subscription OccupancyChanged($eventId: ID!, $minIntervalMs: Int!, $afterSeq: Int) {\n  occupancyChanged(\n    eventId: $eventId\n    minIntervalMs: $minIntervalMs\n    afterSeq: $afterSeq\n  ) {\n    event {\n      id\n      name\n    }\n    seq\n    asOf\n    admitted\n    inside\n    reset\n    zones {\n      inside\n      zone {\n        id\n        name\n        capacity\n        enforcement\n      }\n    }\n    gates {\n      entries\n      exits\n      rejected\n      entriesPerMinute\n      gate {\n        id\n        name\n        status\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n      user {\n        id\n        roles\n      }\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfterMs\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n    ... on InvalidCredentials {\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut\n}"): (typeof documents)["mutation SignIn($input: SignInInput!) {\n  signIn(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n      user {\n        id\n        roles\n      }\n    }\n    ... on InvalidCredentials {\n      message\n    }\n    ... on RateLimited {\n      message\n      retryAfterMs\n    }\n  }\n}\n\nmutation RefreshSession($input: RefreshSessionInput!) {\n  refreshSession(input: $input) {\n    __typename\n    ... on Session {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n    ... on InvalidCredentials {\n      message\n    }\n  }\n}\n\nmutation SignOut {\n  signOut\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;