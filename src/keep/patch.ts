import { relative, sep } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import type { SourceFile } from './keep-tools.ts'

/**
 * A unified diff of files for `git apply`, run in the workspace.
 *
 * @param edited the new contents by path; files that stay the same are left out
 */
export function makePatch(files: readonly SourceFile[], edited: ReadonlyMap<string, string>, workspace: string): string {
  return files
    .flatMap(({ path, text }) => {
      const now = edited.get(path)
      return now === undefined || now === text ? [] : [diffFile(showFile(path, workspace), text, now)]
    })
    .join('')
}

/** A file's path as Git and people write it: relative to the workspace, with slashes. */
export function showFile(path: string, workspace: string): string {
  return relative(workspace, path).replaceAll(sep, '/')
}

function diffFile(name: string, before: string, after: string): string {
  const options = { context: 3, headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: false } }
  const hunks = createTwoFilesPatch('a', 'b', before, after, undefined, undefined, options)
  return `--- ${quoteName(`a/${name}`)}\n+++ ${quoteName(`b/${name}`)}\n${hunks}`
}

/** As Git writes names: those with a quote, a backslash or anything that is no plain letter in C's quotes, and a tab after a space. */
function quoteName(name: string): string {
  if (!/["\\\p{Cc}]/u.test(name)) return name.includes(' ') ? `${name}\t` : name
  const escaped = [...name].map((one) => {
    if (one === '"' || one === '\\') return `\\${one}`
    return /\p{Cc}/u.test(one) ? `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}` : one
  })
  return `"${escaped.join('')}"`
}
