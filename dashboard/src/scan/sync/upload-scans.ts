import type { Upload, UploadAnswer, WaitingScan } from '@headcount/scanner'
import { type UploadedScanInput, UploadScanBatchDocument } from '../../generated/graphql.ts'
import type { Ask } from '../../graph/ask.ts'

/** Uploads a batch. Rejects, with the reason, where no answer came. */
export type UploadScans = (batch: Upload) => Promise<UploadAnswer>

const DEADLINE_MS = 15_000

export function createUpload(ask: Ask): UploadScans {
  return async ({ batchId, sentAt, scans }) => {
    const input = { batchId, sentAt, scans: scans.map(inputOf) }
    const { data, problems } = await ask(UploadScanBatchDocument, { input }, { deadlineMs: DEADLINE_MS })
    const answer = data?.uploadScanBatch
    if (!answer) throw new Error(problems[0]?.message ?? 'The upload was not answered.')
    return { results: answer.results, retryAfterMs: answer.retryAfterMs ?? null }
  }
}

/** Who has not decided has let nobody in. */
function inputOf({ outcome, reason, ...scan }: WaitingScan): UploadedScanInput {
  return { ...scan, outcome: outcome ?? 'REJECTED', ...(reason !== null && { reason }) }
}
