import { useState } from 'react'
import { Choice } from '../../chart/choice.tsx'
import { Section } from '../parts/graph-section.tsx'
import { Part } from '../parts/whole-page.tsx'
import { countOf } from '../parts/words.ts'
import { useRegistry } from '../use-registry.ts'
import { DiffView } from './diff-view.tsx'
import { parseDiff } from './parse-diff.ts'

const SCHEMAS = [
  { value: 'api', text: 'What apps see' },
  { value: 'supergraph', text: 'Supergraph' },
  { value: 'subgraphs', text: 'Subgraphs' },
] as const
type DiffedSchema = (typeof SCHEMAS)[number]['value']

/** The texts of a version against those of the one that was live before it. */
export function DiffSection({ number, composes }: { number: number; composes: boolean }) {
  const [chosen, setChosen] = useState<DiffedSchema>(composes ? 'api' : 'subgraphs')
  const diff = useRegistry<string>(`/versions/${number}/diff?schema=${chosen}`, 600_000)
  return (
    <Section title="Differences in the text">
      <Choice
        label="Which text"
        options={composes ? SCHEMAS : SCHEMAS.slice(-1)}
        value={chosen}
        onChoose={setChosen}
      />
      <Part known={diff}>{(text) => <Diff key={chosen} text={text} />}</Part>
    </Section>
  )
}

/** A page of more lines takes a browser too long to lay out. */
const MOST_LINES = 1500

function Diff({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false)
  const files = parseDiff(text)
  const lines = files.flatMap(({ hunks }) => hunks).reduce((sum, hunk) => sum + hunk.lines.length, 0)
  if (lines === 0) return <p className="quiet">This text is the same.</p>
  if (lines <= MOST_LINES || isWhole) return <DiffView files={files} />
  return (
    <p>
      {countOf(lines, 'line')}.{' '}
      <button type="button" className="button" onClick={() => setWhole(true)}>
        Show them all
      </button>
    </p>
  )
}
