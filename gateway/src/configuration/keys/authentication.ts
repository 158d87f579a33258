import { signatureAlgorithms } from '../../authentication/algorithms.ts'
import { otherwise, withDefault } from '../field.ts'
import { boolean, choice, existingFile, headerName, integer, path, text, textLike, url } from '../scalars.ts'
import { group, list, optional } from '../structures.ts'

const issuer = group(
  'One that signs tokens.',
  {
    url: url('Where its keys are published (JWKS).'),
    file: existingFile('Its keys as a file (JWKS), read again when an unknown key id comes.'),
    issuer: text('`iss` that a token must have; absent = not compared.'),
    audience: list('`aud` of which a token must have one; absent = not compared.', text('One audience.'), {
      minimum: 1,
    }),
    algorithms: otherwise(
      'all asymmetric ones',
      list('Signature algorithms that count.', choice('One algorithm.', signatureAlgorithms), { minimum: 1 }),
    ),
    headerName: withDefault('authorization', headerName('Header that carries the token.')),
    headerPrefix: withDefault(
      'Bearer',
      textLike('What stands before the token; `none` = nothing.', 'a word', /^\S+$/),
    ),
    keysFile: path('Where the last keys are kept, for a start while the issuer is down; absent = not kept.'),
    cooldownMs: withDefault(
      5_000,
      integer({
        doc: 'Least time between two questions for keys, however many unknown key ids come.',
        minimum: 100,
        maximum: 3_600_000,
        unit: 'milliseconds',
      }),
    ),
    clockToleranceMs: withDefault(
      0,
      integer({
        doc: 'How far the issuer’s clock may be from ours.',
        minimum: 0,
        maximum: 600_000,
        unit: 'milliseconds',
      }),
    ),
  },
  { exactlyOneOf: ['url', 'file'] },
)

/** Whose tokens count, and what they say. */
export const authenticationKeys = group('Whose tokens count. Without `jwks` every token is refused.', {
  jwks: withDefault([], list('Those who sign tokens.', issuer)),
  isRequired: withDefault(
    false,
    boolean('Whether a request without a token is refused; else `@authenticated` decides by field.'),
  ),
  claims: optional(
    group(
      'Names of the claims that say who asks; dots lead into objects. Absent = tokens of the platform’s own form.',
      {
        id: withDefault('sub', text('Claim with the viewer’s id.')),
        organization: withDefault('org', text('Claim with the organization.')),
        scopes: withDefault('scope', text('Claim with the scopes: a text with spaces, or a list.')),
        policies: text('Claim with the policies that the viewer holds, for `@policy`; absent = none.'),
      },
    ),
  ),
})
