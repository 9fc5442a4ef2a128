import { readFileSync, realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml'
import type { Fault } from '../model.ts'
import { describeIssue, formatConfigPath, isRecord } from './config-faults.ts'
import { type Config, configSchema } from './config-schema.ts'
import { findYamlProblems } from './config-yaml.ts'
import type { ConfigRequest } from './model.ts'
import type { Tell } from './parse.ts'
import { isInside } from './workspace.ts'

/** A path inside the config file: keys and list indexes. */
export type ConfigPath = readonly (string | number)[]

/** A config file that was read. */
export type ConfigFile = {
  /** How messages name it: from the workspace's root, or absolute when it lies outside. */
  readonly file: string
  /** What the YAML says, faults and all; used to check what must be present. */
  readonly raw: { readonly [key: string]: unknown }
  /** The checked content; null when it has faults (which were told). */
  readonly config: Config | null
  /** `file:line:column` of a value, or of what comes nearest to it. */
  readonly locate: (path: ConfigPath) => string
}

const maxBytes = 1024 * 1024

/**
 * Reads and checks the config file. Its faults are told.
 *
 * @returns the file; `absent` when there is none and none was asked for; `unusable` when it cannot be told what it says
 */
export function readConfigFile(request: ConfigRequest, tell: Tell): ConfigFile | 'absent' | 'unusable' {
  const content = readText(request, tell)
  if (typeof content === 'string') return content
  const { text } = content
  const file = nameFile(request)
  const lines = new LineCounter()
  // Merge keys are not in YAML 1.2, but people share settings between targets with them.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const locate = (path: ConfigPath) => at(findOffset(document, path))
  const broken = findYamlProblems(document)
  for (const { message, remedy, offset } of broken) tell({ message, remedy, where: at(offset) })
  if (broken.length > 0) return 'unusable'
  const raw = readContent(document, file, tell)
  if (raw === undefined) return 'unusable'
  const checked = configSchema.safeParse(raw)
  for (const issue of checked.error?.issues ?? []) {
    for (const told of describeIssue(issue, raw)) {
      const name = told.path.length === 0 ? '' : `\`${formatConfigPath(told.path)}\`: `
      const where = told.atKey ? at(findKeyOffset(document, told.path)) : locate(told.path)
      tell({ message: `${name}${told.message}`, where, remedy: told.remedy })
    }
  }
  if (!isRecord(raw)) return 'unusable'
  return { file, raw, config: checked.success ? checked.data : null, locate }
}

function readText(
  { path, workspace, explicit, confined, fromBase, input }: ConfigRequest,
  tell: Tell,
): { readonly text: string } | 'absent' | 'unusable' {
  try {
    // Its content is quoted in messages, so a link to /proc/self/environ would print what the job keeps secret.
    if (confined && !isInside(realpathSync(path), realpathSync(workspace))) {
      tell({
        message: `the config file \`${path}\` lies outside the workspace \`${workspace}\`.`,
        where: input,
        remedy: 'Keep it in the repository, and not as a link to somewhere else.',
      })
      return 'unusable'
    }
    const text = readFileSync(path, 'utf8')
    if (text.length <= maxBytes) return { text }
    tell({
      message: `the config file \`${path}\` is larger than 1 MiB.`,
      where: input,
      remedy: 'Give the path of a Plumbline config file.',
    })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    if (code === 'ENOENT' && !explicit) return 'absent'
    if (code === 'ENOENT' && fromBase) {
      tell({ ...describeNewFile(relative(workspace, path)), where: input })
      return 'unusable'
    }
    const message = code === 'ENOENT' ? `there is no file \`${path}\`.` : `the file \`${path}\` cannot be read (${code}).`
    tell({ message, where: input, remedy: 'Give the path of a Plumbline config file, or leave this out.' })
  }
  return 'unusable'
}

/** A config file that the base of a pull request does not have. */
export function describeNewFile(path: string): Omit<Fault, 'where'> {
  return {
    message: `the branch that this pull request is to be merged into has no config file \`${path}\`.`,
    remedy: 'Merge the file first: a preview never takes it from the pull request, which could silence it.',
  }
}

function readContent(document: Document, file: string, tell: Tell): unknown {
  try {
    const raw: unknown = document.toJS()
    if (raw !== null && raw !== undefined) return raw
    tell({ message: 'the config file is empty.', where: `${file}:1:1`, remedy: 'Begin it with `version: 1`, or remove the file.' })
  } catch (error) {
    // Aliases are expanded here; yaml stops when they multiply without bound.
    const reason = error instanceof Error ? error.message : String(error)
    tell({ message: `the YAML cannot be read: ${reason}.`, where: `${file}:1:1`, remedy: 'Use fewer anchors and aliases.' })
  }
  return undefined
}

function nameFile({ path, workspace }: ConfigRequest): string {
  return isInside(path, workspace) ? relative(workspace, path).split(sep).join('/') : resolve(path)
}

/** Follows the path as far as the document goes: a missing key is told at the mapping it is missing from. */
function findOffset(document: Document, path: ConfigPath): number {
  let node = document.contents as Node | null
  for (const step of path) {
    const next = findChild(document, node, step)
    if (next === null) break
    node = next
  }
  return node?.range?.[0] ?? 0
}

function findKeyOffset(document: Document, path: ConfigPath): number {
  const parent = path.slice(0, -1).reduce<Node | null>((node, step) => findChild(document, node, step), document.contents as Node | null)
  const key = findPair(document, parent, path.at(-1))?.key as Node | undefined
  return key?.range?.[0] ?? findOffset(document, path)
}

function findChild(document: Document, node: Node | null, step: string | number): Node | null {
  const resolved = isAlias(node) ? (node.resolve(document) ?? null) : node
  if (isSeq(resolved) && typeof step === 'number') return (resolved.items[step] as Node | undefined) ?? null
  return (findPair(document, node, step)?.value as Node | null | undefined) ?? null
}

function findPair(document: Document, node: Node | null, key: string | number | undefined): Pair | undefined {
  const resolved = isAlias(node) ? (node.resolve(document) ?? null) : node
  return isMap(resolved) ? resolved.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) : undefined
}
