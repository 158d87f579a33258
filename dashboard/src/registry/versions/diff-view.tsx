import { Scrolling } from '../../page/scrolling.tsx'
import type { DiffFile, DiffHunk, DiffLine } from './parse-diff.ts'

/** A unified diff. The signs say what is new and what is gone; colours only repeat them. */
export function DiffView({ files }: { files: readonly DiffFile[] }) {
  return files.map(({ name, hunks }) => (
    <div key={name} className="diff" data-testid="diff">
      {name && <h3 className="code">{name}</h3>}
      <Scrolling className="diff-scroll" label={`Changes of ${name || 'the text'}`}>
        {hunks.map((hunk) => (
          <Hunk key={hunk.header} hunk={hunk} />
        ))}
      </Scrolling>
    </div>
  ))
}

function Hunk({ hunk }: { hunk: DiffHunk }) {
  return (
    <table className="hunk">
      <caption className="code">{hunk.header}</caption>
      <tbody>
        {hunk.lines.map((line) => (
          <Line key={`${line.before} ${line.after}`} line={line} />
        ))}
      </tbody>
    </table>
  )
}

const MEANINGS: Readonly<Record<DiffLine['sign'], string>> = { '+': 'new', '−': 'gone', ' ': 'same' }

function Line({ line: { sign, text, before, after } }: { line: DiffLine }) {
  return (
    <tr data-line={MEANINGS[sign]}>
      <td className="line-number">{before}</td>
      <td className="line-number">{after}</td>
      <td className="line-sign">
        {sign !== ' ' && <span className="visually-hidden">{MEANINGS[sign]}</span>}
        <span aria-hidden="true">{sign}</span>
      </td>
      <td className="line-text">{text}</td>
    </tr>
  )
}
