import type { ReactNode } from 'react'
import type { Known } from '../use-registry.ts'
import { GraphMain } from './graph-section.tsx'
import { troubleWords } from './trouble-words.ts'

interface WholePageProps<Value> {
  title: string
  known: Known<Value>
  children: (value: Value) => ReactNode
}

/** A page of one answer: until it is there, or where there is none, it says so in a sentence. */
export function WholePage<Value>({ title, known, children }: WholePageProps<Value>) {
  const { value, trouble } = known
  if (value !== undefined) {
    return (
      <>
        {trouble && <Stale message={trouble.message} />}
        {children(value)}
      </>
    )
  }
  const words = trouble && troubleWords(trouble)
  return (
    <GraphMain title={words?.title ?? title}>
      <p className="graph-sentence" role={words ? 'alert' : 'status'} data-testid="graph-trouble">
        {words?.text ?? 'Loading…'}
      </p>
      {trouble && <p className="fine-print">{trouble.message}</p>}
    </GraphMain>
  )
}

/** A part of a page that stands on an answer of its own: what is around it stays while another is waited for. */
export function Part<Value>({ known, children }: Omit<WholePageProps<Value>, 'title'>) {
  const { value, trouble } = known
  if (value !== undefined) {
    return (
      <>
        {trouble && <Stale message={trouble.message} />}
        {children(value)}
      </>
    )
  }
  return (
    <p className="quiet" role={trouble ? 'alert' : 'status'}>
      {!trouble ? 'Loading…' : trouble.kind === 'unsuited' ? trouble.message : troubleWords(trouble).text}
    </p>
  )
}

function Stale({ message }: { message: string }) {
  return (
    <div className="notice" role="status" data-testid="graph-stale">
      <p>The registry does not answer at the moment: this is what it said last. {message}</p>
    </div>
  )
}
