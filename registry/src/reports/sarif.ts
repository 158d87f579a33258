import { mendingHint } from '../composition/mending-hints.ts'
import { lintRules } from '../linting/rules.ts'
import type { CheckSubject } from './check-subject.ts'
import { type Finding, findingsOf } from './findings.ts'

const levels = { error: 'error', warning: 'warning', notice: 'note' } as const

/** SARIF 2.1.0, as code scanning reads it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function formatSarif(subject: CheckSubject): string {
  const findings = findingsOf(subject)
  const codes = [...new Set(findings.map(({ code }) => code))]
  const rules = codes.map((code) =>
    ruleOf(
      code,
      findings.find((one) => one.code === code),
    ),
  )
  const run = {
    tool: { driver: { name: 'headcount schema check', rules } },
    columnKind: 'unicodeCodePoints',
    results: findings.map((finding) => resultOf(finding, codes.indexOf(finding.code))),
    properties: { base: subject.base, outcome: subject.report.outcome },
  }
  return JSON.stringify(
    { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] },
    null,
    2,
  )
}

const ofCategory: Readonly<Record<Finding['category'], string>> = {
  composition: 'The subgraphs must compose into one graph.',
  breaking: 'A valid operation of an app could stop working.',
  dangerous: 'An app may behave otherwise, or the order of a deployment matters.',
  safe: 'No app notices.',
  lint: 'A rule of style.',
}

function ruleOf(code: string, finding: Finding | undefined) {
  const category = finding?.category ?? 'safe'
  const lint = Object.hasOwn(lintRules, code) ? lintRules[code as keyof typeof lintRules].doc : undefined
  const help = lint ?? mendingHint(code) ?? ofCategory[category]
  return {
    id: code,
    name: code,
    shortDescription: { text: code.toLowerCase().replaceAll('_', ' ') },
    fullDescription: { text: ofCategory[category] },
    help: { text: help },
    defaultConfiguration: { level: levels[finding?.severity ?? 'notice'] },
    properties: { tags: ['graphql', category] },
  }
}

function resultOf(
  { severity, category, verdict, code, coordinate, place, message }: Finding,
  ruleIndex: number,
) {
  return {
    ruleId: code,
    ruleIndex,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        ...(place && { physicalLocation: physical(place) }),
        ...(coordinate !== undefined && { logicalLocations: [{ fullyQualifiedName: coordinate }] }),
      },
    ],
    // The same finding in the next run, wherever its line is by then.
    partialFingerprints: { 'headcount/v1': `${code} ${coordinate ?? place?.file ?? ''}` },
    properties: { category, verdict },
  }
}

function physical({ file, line, column }: NonNullable<Finding['place']>) {
  const region =
    line === undefined ? {} : { region: { startLine: line, ...(column && { startColumn: column }) } }
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { artifactLocation: { uri }, ...region }
}
