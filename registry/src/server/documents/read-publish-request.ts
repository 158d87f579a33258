import type { PublishDocumentsRequest, TrustedDocument } from '@headcount/registry-api'
import { BodyShape } from '../http/body-shape.ts'
import { documentBounds } from './document-bounds.ts'

const { manifest, nameCharacters, textCharacters } = documentBounds

/** Reads the body of `POST /documents`. @throws RegistryProblem BAD_REQUEST with all that is wrong */
export function readPublishRequest(body: unknown): PublishDocumentsRequest {
  const shape = new BodyShape()
  const fields = shape.object(body, '')
  shape.only(fields, '', ['client', 'version', 'documents'])
  const client = shape.text(fields['client'], 'client', { max: nameCharacters })
  const version = shape.text(fields['version'], 'version', { max: nameCharacters, isOptional: true })
  const list = shape.list(fields['documents'], 'documents', manifest)
  if (list.length === 0) shape.wrong('documents', 'takes at least one document')
  const documents = list.map((one, index) => readDocument(shape, one, `documents[${index}]`))
  shape.check()
  return { client: client ?? '', version, documents }
}

function readDocument(shape: BodyShape, value: unknown, path: string): TrustedDocument {
  const fields = shape.object(value, path)
  shape.only(fields, path, ['id', 'text', 'name'])
  const id = shape.text(fields['id'], `${path}.id`, { max: 1_000 })
  const text = shape.text(fields['text'], `${path}.text`, { max: textCharacters })
  const name = shape.text(fields['name'], `${path}.name`, { max: 1_000, isOptional: true })
  return { id: id ?? '', text: text ?? '', name: name ?? null }
}
