/** How the errors that people meet most are mended, by code; the other codes' messages say it themselves. */
const mendingHints: Record<string, string> = {
  INVALID_GRAPHQL: 'Mend the syntax or the unknown name at this place; the text before it was understood.',
  UNKNOWN_FEDERATION_LINK_VERSION:
    'Link a version that this composer knows: https://specs.apollo.dev/federation/v2.9.',
  DIRECTIVE_DEFINITION_INVALID: 'Delete the definition: @link imports the directive with the right one.',
  KEY_INVALID_FIELDS: 'Name fields of this type in @key(fields: "…"), separated by spaces.',
  KEY_FIELDS_SELECT_INVALID_TYPE:
    'A key holds scalars, enums and objects; leave lists, interfaces and unions out.',
  REQUIRES_MISSING_EXTERNAL: 'Declare the required field in this subgraph too, marked @external.',
  REQUIRES_INVALID_FIELDS: 'Declare each required field in this subgraph, marked @external.',
  PROVIDES_MISSING_EXTERNAL: 'Declare the provided field in this subgraph too, marked @external.',
  PROVIDES_INVALID_FIELDS: 'Declare each provided field in this subgraph, marked @external.',
  EXTERNAL_UNUSED: 'Delete the @external field, or use it in a @key, @requires or @provides.',
  EXTERNAL_MISSING_ON_BASE: 'Define the field in the subgraph that owns it, or drop @external here.',
  EXTERNAL_TYPE_MISMATCH: 'Give the @external field the very type that its owner declares.',
  EXTENSION_WITH_NO_BASE: 'Define the type in one subgraph, or write `type` instead of `extend type`.',
  TYPE_KIND_MISMATCH: 'Make it the same kind in every subgraph, or rename one of the two.',
  FIELD_TYPE_MISMATCH: 'Give the field one type in all subgraphs that answer it.',
  ARGUMENT_TYPE_MISMATCH: 'Give the argument one type in all subgraphs that have the field.',
  ARGUMENT_DEFAULT_MISMATCH: 'Give the argument one default in all subgraphs that have the field.',
  INPUT_FIELD_DEFAULT_MISMATCH: 'Give the input field one default in all subgraphs that have it.',
  REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH:
    'Add the argument in every subgraph that has the field, or make it optional.',
  REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH:
    'Add the input field in every subgraph that has the input, or make it optional.',
  ENUM_VALUE_MISMATCH: 'An enum that is both taken and answered needs the same values in every subgraph.',
  INVALID_FIELD_SHARING:
    'Mark the field (or its type) @shareable in each of these subgraphs, or let one own it alone.',
  INTERFACE_FIELD_NO_IMPLEM:
    'Add the interface’s field to the implementing type, in any subgraph that owns that type.',
  INTERFACE_KEY_NOT_ON_IMPLEMENTATION: 'Give each implementation the same @key as the interface.',
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE:
    'Define every implementation in the subgraph that has the interface’s @key.',
  SATISFIABILITY_ERROR:
    'Give the type a resolvable @key where the field lives, or answer the field where the path starts.',
  NO_QUERIES: 'At least one subgraph needs a field on Query.',
  REFERENCED_INACCESSIBLE: 'Mark what refers to it @inaccessible too, or make it visible.',
  ONLY_INACCESSIBLE_CHILDREN: 'Mark the type itself @inaccessible, or leave one of its fields visible.',
  OVERRIDE_FROM_SELF_ERROR: 'Name the subgraph that the field comes from in @override(from: "…").',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'Keep @override in the subgraph that takes the field over, and only there.',
  AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE:
    'Put the access directive on the implementing types and their fields.',
  MISSING_TRANSITIVE_AUTH_REQUIREMENTS:
    'Repeat the access directive of the required fields on the field that requires them.',
  LINK_IMPORT_NAME_MISMATCH: 'Import the directive under one name in every subgraph.',
  NO_SUBGRAPHS:
    'Name the subgraphs in schema/registry.yaml, or make each a folder subgraphs/<name> with a schema.graphql.',
  AUDIENCE_MISMATCH:
    'Give the field the same @audience(by: …) in each of these subgraphs: the narrowest that is true in all of them.',
  DIRECTIVE_NOT_COMPOSED:
    'Link the directive’s specification in `extend schema` and add @composeDirective(name: "@…") to the same line.',
}

/** How to mend an error of this code, if we know. */
export function mendingHint(code: string): string | undefined {
  return mendingHints[code]
}
