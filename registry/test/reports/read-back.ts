/** What a format carries of one finding, read out of its text. */
export interface Carried {
  readonly verdict: string
  readonly code: string
  readonly coordinate: string | undefined
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined
}

/** A format's text back to what it says. */
export type ReadBack = (text: string) => Carried[]

const numberOf = (text: string | undefined) => (text === undefined || text === '' ? undefined : Number(text))

function readHuman(text: string): Carried[] {
  const found: Carried[] = []
  let section = ''
  for (const line of text.split('\n')) {
    section = /^(breaking|dangerous|safe|style) \(\d+\)$/.exec(line)?.[1] ?? section
    const error = /^error (\w+) at (\S+):(\d+):(\d+)$/.exec(line)
    const change = /^ {2}(?:error )?([A-Z_]+) {2}(\S*)(?: {2}\[\w+ only\])? {2}(\S+):(\d+):(\d+)$/.exec(line)
    const [, code = '', coordinate, file, row, column] = change ?? []
    if (error) {
      const place = { file: error[2], line: numberOf(error[3]), column: numberOf(error[4]) }
      found.push({ verdict: 'not-composed', code: error[1] ?? '', coordinate: undefined, ...place })
    } else if (change) {
      const place = { file, line: numberOf(row), column: numberOf(column) }
      found.push({ verdict: section === 'style' ? 'lint' : section, code, coordinate, ...place })
    }
    const verdict = /^ {4}(used|unused|unknown|acknowledged):/.exec(line)?.[1]
    const last = found.at(-1)
    if (verdict && last) found.splice(-1, 1, { ...last, verdict })
  }
  return found
}

interface JsonReport {
  readonly errors: readonly { code: string; file?: string; line?: number; column?: number }[]
  readonly changes: readonly {
    code: string
    coordinate?: string
    verdict?: string
    level: string
    place?: JsonPlace
  }[]
  readonly lint: readonly { rule: string; coordinate: string; place?: JsonPlace }[]
}

type JsonPlace = { file: string; line: number; column: number }

function readJson(text: string): Carried[] {
  const { errors, changes, lint } = JSON.parse(text) as JsonReport
  const at = (place: JsonPlace | undefined) => ({
    file: place?.file,
    line: place?.line,
    column: place?.column,
  })
  return [
    ...errors.map(({ code, file, line, column }) => ({
      ...{ verdict: 'not-composed', code, coordinate: undefined },
      ...{ file, line, column },
    })),
    ...changes.map(({ code, coordinate, verdict, level, place }) => ({
      ...{ verdict: verdict ?? level, code, coordinate },
      ...at(place),
    })),
    ...lint.map(({ rule, coordinate, place }) => ({ verdict: 'lint', code: rule, coordinate, ...at(place) })),
  ]
}

function readGithub(text: string): Carried[] {
  return text.split('\n').flatMap((line) => {
    const [, properties = '', message] = /^::(?:error|warning|notice) (.*?)::(.*)$/.exec(line) ?? []
    if (message === undefined) return []
    const given = new Map(properties.split(',').map((one) => one.split('=', 2) as [string, string]))
    const title = (given.get('title') ?? '').replaceAll('%3A', ':').replaceAll('%2C', ',')
    const [, verdict = '', code = '', coordinate] = /^(?:\w+, )?([\w-]+): (\w+)(?: (\S+))?$/.exec(title) ?? []
    const place = { line: numberOf(given.get('line')), column: numberOf(given.get('col')) }
    return [{ verdict, code, coordinate, file: given.get('file'), ...place }]
  })
}

interface Sarif {
  readonly runs: readonly [{ readonly results: readonly SarifResult[] }]
}

interface SarifResult {
  readonly ruleId: string
  readonly properties: { readonly verdict: string }
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string }
      readonly region?: { readonly startLine: number; readonly startColumn?: number }
    }
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[]
  }[]
}

function readSarif(text: string): Carried[] {
  const [run] = (JSON.parse(text) as Sarif).runs
  return run.results.map(({ ruleId, properties, locations: [location] }) => {
    const { artifactLocation, region } = location?.physicalLocation ?? {}
    return {
      ...{ verdict: properties.verdict, code: ruleId },
      coordinate: location?.logicalLocations?.[0]?.fullyQualifiedName,
      ...{ file: artifactLocation?.uri, line: region?.startLine, column: region?.startColumn },
    }
  })
}

function readJunit(text: string): Carried[] {
  const cases = text.matchAll(
    /<testcase classname="(\w+)" name="([^"]*)"[^>]*?(?<!\/)>([\s\S]*?)<\/testcase>/g,
  )
  return [...cases].map(([, category = '', name = '', body = '']) => {
    const [code = '', coordinate] = name.split(' ')
    const verdict =
      /<failure type="([\w-]+)"/.exec(body)?.[1] ?? /<system-out>([\w-]+)\n/.exec(body)?.[1] ?? category
    const [, file, line, column] = /(?:>|\n)([\w./-]+):(\d+):(\d+)\n/.exec(body) ?? []
    return { verdict, code, coordinate, file, line: numberOf(line), column: numberOf(column) }
  })
}

/** By the format's name. */
export const readers: Readonly<Record<string, ReadBack>> = {
  human: readHuman,
  json: readJson,
  junit: readJunit,
  github: readGithub,
  sarif: readSarif,
}
