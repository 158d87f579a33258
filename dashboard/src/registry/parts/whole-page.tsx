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
  const { trouble } = known
  if (isThere(known)) return <Answer known={known}>{children}</Answer>
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
  const { trouble } = known
  if (isThere(known)) return <Answer known={known}>{children}</Answer>
  return (
    <p className="quiet" role={trouble ? 'alert' : 'status'}>
      {!trouble ? 'Loading…' : trouble.kind === 'unsuited' ? trouble.message : troubleWords(trouble).text}
    </p>
  )
}

function isThere<Value>(known: Known<Value>): known is Known<Value> & { value: Value } {
  return known.value !== undefined
}

/** What is known, and that it may be old. */
function Answer<Value>({ known, children }: AnswerProps<Value>) {
  return (
    <>
      {known.trouble && <Stale message={known.trouble.message} />}
      {children(known.value)}
    </>
  )
}

interface AnswerProps<Value> {
  known: Known<Value> & { value: Value }
  children: (value: Value) => ReactNode
}

function Stale({ message }: { message: string }) {
  return (
    <div className="notice" role="status" data-testid="graph-stale">
      <p>The registry does not answer at the moment: this is what it said last. {message}</p>
    </div>
  )
}
