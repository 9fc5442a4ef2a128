import { relative, sep } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { holdsSecret } from '../report/secrets.ts'
import type { SourceFile } from './keep-tools.ts'

/** With less than one line after a change, Git takes it for the end of the file. */
const CONTEXTS = [3, 2, 1]

/**
 * A unified diff of files for `git apply`, run in the workspace. Lines around a change are left out where one of them may
 * hold a secret.
 *
 * @param edited the new contents by path; files that stay the same are left out
 * @returns null where it cannot be written without a line that may hold a secret
 */
export function makePatch(files: readonly SourceFile[], edited: ReadonlyMap<string, string>, workspace: string): string | null {
  const diffs = files.flatMap(({ path, text }) => {
    const now = edited.get(path)
    return now === undefined || now === text ? [] : [diffFile(showFile(path, workspace), text, now)]
  })
  return diffs.some((diff) => diff === null) ? null : diffs.join('')
}

/** A file's path as Git and people write it: relative to the workspace, with slashes. */
export function showFile(path: string, workspace: string): string {
  return relative(workspace, path).replaceAll(sep, '/')
}

function diffFile(name: string, before: string, after: string): string | null {
  for (const context of CONTEXTS) {
    const options = { context, headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: false } }
    const hunks = createTwoFilesPatch('a', 'b', before, after, undefined, undefined, options)
    if (!hunks.split('\n').some((line) => holdsSecret(line.slice(1))))
      return `--- ${quoteName(`a/${name}`)}\n+++ ${quoteName(`b/${name}`)}\n${hunks}`
  }
  return null
}

/** As Git writes names: those with a quote, a backslash or a control character in C's quotes, and a tab after a space. */
function quoteName(name: string): string {
  if (!/["\\\p{Cc}]/u.test(name)) return name.includes(' ') ? `${name}\t` : name
  const escaped = [...name].map((one) => {
    if (one === '"' || one === '\\') return `\\${one}`
    return /\p{Cc}/u.test(one) ? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}` : one
  })
  return `"${escaped.join('')}"`
}
