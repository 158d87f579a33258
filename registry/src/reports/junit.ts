import type { CheckSubject } from './check-subject.ts'
import { type Finding, findingsOf } from './findings.ts'
import { verdictLine } from './verdict-line.ts'

/** JUnit XML: one test case a finding, failed when it fails the check, and one for the verdict. */
export function formatJunit(subject: CheckSubject): string {
  const findings = findingsOf(subject)
  const failures = findings.filter(({ severity }) => severity === 'error').length
  const counts = `tests="${findings.length + 1}" failures="${failures}" errors="0" skipped="0"`
  const line = verdictLine(subject.report)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="headcount schema check" ${counts}>`,
    `  <testsuite name="against ${escapeXml(subject.base)}" ${counts}>`,
    `    <testcase classname="verdict" name="${escapeXml(line)}"/>`,
    ...findings.map(testCase),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

function testCase({ severity, category, verdict, code, coordinate, place, message }: Finding): string {
  const name = [code, coordinate].filter(Boolean).join(' ')
  const where = place ? ` file="${escapeXml(place.file)}"${place.line ? ` line="${place.line}"` : ''}` : ''
  const at = place ? `${[place.file, place.line, place.column].filter(Boolean).join(':')}\n` : ''
  const text = escapeXml(`${at}${message}`)
  const told =
    severity === 'error'
      ? `<failure type="${verdict}" message="${escapeXml(message.split('\n', 1)[0] ?? '')}">${text}</failure>`
      : `<system-out>${escapeXml(verdict)}\n${text}</system-out>`
  return `    <testcase classname="${category}" name="${escapeXml(name)}"${where}>${told}</testcase>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** XML 1.0 has no way to write most control characters: they are left out. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
}
