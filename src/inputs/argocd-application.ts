import { readFileSync, realpathSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { type Document, isMap, LineCounter, parseAllDocuments } from 'yaml'
import type { Fault, IgnoreRule } from '../model.ts'
import { takeOverDifferences } from './argocd-differences.ts'
import { isRecord } from './config-faults.ts'
import { findYamlProblems } from './config-yaml.ts'
import { isInside } from './workspace.ts'

const MAX_BYTES = 1024 * 1024
const REMEDY = 'Give the file that holds the Argo CD Application of this target, as it is in the repository.'

/** What an Application's manifest gives: rules for whichever target it deploys, or what is wrong with it. */
export type ReadApplication = { readonly rules: readonly Omit<IgnoreRule, 'target'>[] } | { readonly faults: readonly Fault[] }

/**
 * Reads the `ignoreDifferences` of an Argo CD Application from its manifest. Settings of Argo CD as a whole
 * (`resource.customizations` in `argocd-cm`) are not in it.
 *
 * @param path from the workspace's root; it must stay inside, links followed
 * @param where the place in the config file that names it, for faults of the file as a whole
 */
export function readApplication(path: string, workspace: string, where: string): ReadApplication {
  const read = readText(resolve(workspace, path), workspace)
  if ('message' in read) return { faults: [{ message: `\`${path}\` ${read.message}`, where, remedy: read.remedy }] }
  const lines = new LineCounter()
  const documents = parseAllDocuments(read.text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}`
  }
  if (!Array.isArray(documents)) return { faults: [{ message: `\`${path}\` is empty.`, where, remedy: REMEDY }] }
  const problems = documents.flatMap((document) => findYamlProblems(document))
  if (problems.length > 0) return { faults: problems.map(({ message, remedy, offset }) => ({ message, where: at(offset), remedy })) }
  const applications = documents.filter(isApplication)
  const [application] = applications
  if (application === undefined || applications.length > 1) {
    const message = `\`${path}\` holds ${application === undefined ? 'no Application' : `${applications.length} Applications`} of argoproj.io.`
    const remedy = application === undefined ? REMEDY : 'Put the one that deploys this target into a file of its own.'
    return { faults: [{ message, where, remedy }] }
  }
  const locate = (steps: readonly (string | number)[]) => at(findOffset(application, steps))
  if (typeof application.getIn(['metadata', 'name']) !== 'string') {
    const remedy = 'Give the Application as Argo CD gets it; of a template, what it renders to.'
    return { faults: [{ message: `the Application in \`${path}\` has no name.`, where: locate(['metadata', 'name']), remedy }] }
  }
  try {
    return takeOverDifferences(application.toJS(), locate)
  } catch (error) {
    // Aliases are expanded here; yaml stops when they multiply without bound.
    const reason = error instanceof Error ? error.message : String(error)
    return { faults: [{ message: `the YAML of \`${path}\` cannot be read: ${reason}.`, where, remedy: 'Use fewer anchors and aliases.' }] }
  }
}

function readText(path: string, workspace: string): { readonly text: string } | { readonly message: string; readonly remedy: string } {
  try {
    const real = realpathSync(path)
    const root = realpathSync(workspace)
    // Faults quote its content: a link to /proc/self/environ, or git's own files, would show what the job keeps secret.
    if (!isInside(real, root) || relative(root, real).split(sep).includes('.git')) {
      return { message: 'lies outside the workspace (or inside .git).', remedy: 'Name a file of the repository.' }
    }
    const text = readFileSync(real, 'utf8')
    return text.length <= MAX_BYTES ? { text } : { message: 'is larger than 1 MiB.', remedy: REMEDY }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return { message: code === 'ENOENT' ? 'does not exist.' : `cannot be read (${code}).`, remedy: REMEDY }
  }
}

function isApplication(document: Document): boolean {
  if (!isMap(document.contents)) return false
  const apiVersion = document.get('apiVersion')
  return document.get('kind') === 'Application' && typeof apiVersion === 'string' && apiVersion.startsWith('argoproj.io/')
}

/** Where a value begins, or the nearest thing around it. */
function findOffset(document: Document, steps: readonly (string | number)[]): number {
  for (let length = steps.length; length > 0; length--) {
    const node: unknown = document.getIn(steps.slice(0, length), true)
    if (isRecord(node) && Array.isArray(node.range)) return Number(node.range[0])
  }
  return document.contents?.range?.[0] ?? 0
}
