import type { Database } from '@headcount/database'

/** The key pair of an organization that signs manifests, as it is kept. */
export interface ManifestKeyRow {
  readonly organizationId: string
  /** The raw 32 bytes of the Ed25519 key, base64url. */
  readonly publicKey: string
  readonly sealedPrivateKey: string
}

/** The keys that sign manifests. */
export function manifestKeys(database: Database) {
  const read = async (organizationId: string): Promise<ManifestKeyRow | undefined> => {
    const [row] = await database.query<ManifestKeyRow>(
      `SELECT organization_id AS "organizationId", public_key AS "publicKey", sealed_private_key AS "sealedPrivateKey"
       FROM manifest_keys WHERE organization_id = $1`,
      [organizationId],
    )
    return row
  }
  return {
    manifestKey: read,
    /** Keeps the organization's first key; answers the one that is kept, which of several writers one alone made. */
    async addManifestKey(row: ManifestKeyRow & { readonly createdAt: Date }): Promise<ManifestKeyRow> {
      const { organizationId, publicKey, sealedPrivateKey, createdAt } = row
      await database.query(
        `INSERT INTO manifest_keys (organization_id, public_key, sealed_private_key, created_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id) DO NOTHING`,
        [organizationId, publicKey, sealedPrivateKey, createdAt],
      )
      return (await read(organizationId)) ?? row
    },
  }
}
