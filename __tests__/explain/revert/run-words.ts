import { execFileSync } from 'node:child_process'

/** The words that a command hands to kubectl and helm, as a real shell reads it. Of a pipe, the last one's. */
export function runWords(command: string): readonly string[] {
  // What a word might run, if it were not quoted, would show up here.
  const script = `kubectl() { printf '%s\\0' "$@"; }\nhelm() { printf '%s\\0' "$@"; }\nINJECTED() { printf 'INJECTED\\0'; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    .split('\0')
    .slice(0, -1)
}

/** The patch among them. */
export function readOps(words: readonly string[]): readonly { readonly op: string; readonly path: string; readonly value?: unknown }[] {
  const word = words.find((one) => one.startsWith('--patch='))
  return word === undefined ? [] : JSON.parse(word.slice('--patch='.length))
}
