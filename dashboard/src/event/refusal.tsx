/** In place of the counts, for somebody who may not see them. */
export function Refusal({ phase }: { phase: 'refused' | 'missing' }) {
  if (phase === 'missing') {
    return (
      <section className="card refusal" role="alert">
        <h2>This event has no counts</h2>
        <p>The platform does not know it at the gates. Choose another event above.</p>
      </section>
    )
  }
  return (
    <section className="card refusal" role="alert" data-testid="refusal">
      <h2>Your role may not see live counts</h2>
      <p>
        They are for analysts, supervisors, organisers and administrators. Ask an administrator of your
        organization for one of these roles, then sign in again.
      </p>
    </section>
  )
}
