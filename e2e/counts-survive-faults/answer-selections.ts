const TOLD =
  'id scanId ledgerSeq kind outcome effectiveAt receivedAt unmatched offline clockSuspect overrideReason'

/** All of an answer to `recordScan` that gates itself knows; a repeated attempt must get the very same. */
export const ONLINE = `
  ... on ScanAdmitted { replayed credentialId ticketTypeName conflict degraded scan { ${TOLD} } }
  ... on ScanRejected { replayed reason message overridable validFrom validUntil validGates { id }
    firstAdmission { at gate { id } device { id } } scan { ${TOLD} } }`

/** The document of `uploadScanBatch`, whose result is no union. */
export const UPLOAD = `mutation ($input: UploadScanBatchInput!) { uploadScanBatch(input: $input) {
  lastDeviceSeq missingCount retryAfterMs results { scanId status conflict message scan { ${TOLD} } } } }`
