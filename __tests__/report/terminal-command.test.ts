import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePen } from '../../src/report/layout.ts'
import { formatCommand, formatText } from '../../src/report/terminal-command.ts'

const pen = makePen(40, false)
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The words that a shell makes of a text. */
function readWords(text: string): readonly string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1)
}

describe('a command in a terminal', () => {
  it('breaks between words, with a backslash', () => {
    expect(formatCommand('kubectl --namespace shop scale deployment/web --replicas=3', pen, 2)).toEqual([
      '  kubectl --namespace shop scale \\',
      '    deployment/web --replicas=3',
    ])
    expect(formatCommand(`patch --patch='[{"a": "b c"}, {"d": "a long text that fits into no line"}]'`, pen, 2)).toEqual([
      '  patch \\',
      `    --patch='[{"a": "b c"}, {"d": "a long text that fits into no line"}]'`,
    ])
  })

  it('is the same command for a shell, whatever is in its words', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '`', '*', 'é', '{'), maxLength: 30 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (words) => {
        const command = words.map(quote).join(' ')
        expect(readWords(formatCommand(command, pen, 4).join('\n'))).toEqual(words)
      }),
      { numRuns: 40 },
    )
  })

  it('stands at the left edge where it has several lines: a here-document ends only there', () => {
    const command = 'kubectl apply --filename - <<EOF\nkind: Service\nEOF\n'
    expect(formatCommand(command, pen, 8)).toEqual(['kubectl apply --filename - <<EOF', 'kind: Service', 'EOF'])
  })

  it('is counted where it is too long, and so is a text', () => {
    expect(formatCommand('x'.repeat(7000), makePen(80, false), 2)).toEqual(['  (7,000 characters: see the JSON report)'])
    expect(formatText('x\n'.repeat(4000), makePen(80, false), 2)).toEqual(['  (8,000 characters: see the JSON report)'])
  })
})
