import { type ReactNode, useEffect, useId } from 'react'

/** The main part of a page about the graph, under its title. */
export function GraphMain(props: { title: string; head?: ReactNode; children: ReactNode }) {
  const { title, head, children } = props
  useEffect(() => {
    document.title = `${title} – Headcount`
  }, [title])
  return (
    <main className="graph-main">
      <div className="graph-head">
        <h1>{title}</h1>
        {head}
      </div>
      {children}
    </main>
  )
}

/** A card with a title. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
