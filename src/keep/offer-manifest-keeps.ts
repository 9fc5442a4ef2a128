import { splitDocuments } from '../chart/split-documents.ts'
import { findElement, isList, isObject } from '../compare/json.ts'
import type { DecisionInput } from '../explain/decision-input.ts'
import type { Finding, Json, JsonObject, KeepChoice, Path } from '../model.ts'
import { formatPath } from '../path.ts'
import { editYaml, readValues } from './edit-yaml.ts'
import { type Left, sumUp } from './join-ways.ts'
import type { JudgeTrial, TrialJudgement } from './judge-trial.ts'
import { isFailure, type KeepTools } from './keep-tools.ts'
import type { Key } from './keys.ts'
import type { KeepOffer } from './offer-keeps.ts'
import { makePatch, showFile } from './patch.ts'
import { tellNoPatch, tellUnkept } from './tell.ts'

type Texts = ReadonlyMap<string, string>
type Edit = { readonly path: string; readonly texts: Texts }

const NOT_SIMPLE = 'Change it in the manifests by hand: the object is not written there as one plain document.'

/** Every finding reads all manifests anew: characters in all that nobody has to wait for. */
const MOST_READ = 2_000_000
const TOO_MUCH = 'Change it in the manifests by hand: how was not looked for, since there is too much to read.'

/** The same for manifests: the file itself is edited, where the object is one plain document of it. */
export async function offerManifestKeeps(input: DecisionInput, tools: KeepTools, judge: JudgeTrial): Promise<KeepOffer> {
  const choices = new Map<string, KeepChoice>()
  const left: Left[] = []
  const kept: Finding[] = []
  const size = tools.files.reduce((sum, { text }) => sum + text.length, 0)
  let read = 0
  for (const finding of input.findings.filter(({ drift }) => drift)) {
    read += size
    const words = tellUnkept(finding, input.isSecret(finding))?.replaceAll('chart', 'manifests').replace(' as a template', '') ?? null
    const untried = words ?? (read > MOST_READ ? TOO_MUCH : null)
    const choice = untried === null ? await offerOne(tools, judge, finding) : { summary: untried }
    choices.set(finding.id, choice)
    if (choice.patch === undefined) left.push({ finding: finding.id, why: choice.summary })
    else kept.push(finding)
  }
  let texts: Texts = new Map()
  for (const finding of kept) texts = editManifest(tools, texts, finding)?.texts ?? texts
  const render = await tools.render({ files: texts }, true)
  const { gone, sideEffects }: Pick<TrialJudgement, 'gone' | 'sideEffects'> = isFailure(render)
    ? { gone: [], sideEffects: [] }
    : judge(render)
  const isClean = kept.length > 0 && sideEffects.length === 0 && kept.every(({ id }) => gone.includes(id))
  const patch = isClean ? makePatch(tools.files, texts, tools.workspace) : null
  const covers = patch === null ? [] : kept.map(({ id }) => id)
  const others = kept
    .filter(({ id }) => !covers.includes(id))
    .map(({ id }): Left => ({ finding: id, why: 'Its own patch does; together with the others it does not.' }))
  return { choices, way: { summary: sumUp(covers.length, choices.size), patch, covers, leaves: [...others, ...left] } }
}

async function offerOne(tools: KeepTools, judge: JudgeTrial, finding: Finding): Promise<KeepChoice> {
  const edit = editManifest(tools, new Map(), finding)
  if (edit === null) return { summary: NOT_SIMPLE }
  const file = showFile(edit.path, tools.workspace)
  const render = await tools.render({ files: edit.texts }, true)
  if (isFailure(render)) return { summary: NOT_SIMPLE }
  const { gone, sideEffects } = judge(render)
  if (!gone.includes(finding.id) || sideEffects.length > 0) return { summary: NOT_SIMPLE }
  const patch = makePatch(tools.files, edit.texts, tools.workspace)
  const place = formatPath(finding.path)
  return patch === null
    ? { summary: tellNoPatch(`Change ${place}`, file) }
    : { summary: `Change ${place} of ${finding.object.kind}/${finding.object.name} in ${file}.`, patch }
}

/** The file with the finding's place as it is live; null where the object is in a list, or its layout is not plain. */
function editManifest({ files }: KeepTools, texts: Texts, finding: Finding): Edit | null {
  for (const { path, text: original } of files) {
    const text = texts.get(path) ?? original
    for (const document of splitDocuments(text)) {
      const object = readValues(document.text)
      if (object === null || !isOf(object, finding)) continue
      const key = toKey(object, finding.path)
      const edited = key === null ? { refused: '' } : editYaml(document.text, key, finding.live)
      if ('refused' in edited) return null
      const lines = text.split('\n')
      const own = document.text.replace(/\n$/, '').split('\n').length
      const now = lines.toSpliced(document.line - 1, own, ...edited.text.replace(/\n$/, '').split('\n')).join('\n')
      return { path, texts: new Map([...texts, [path, now]]) }
    }
  }
  return null
}

function isOf({ apiVersion, kind, metadata }: JsonObject, { object }: Finding): boolean {
  const { name, namespace } = isObject(metadata) ? metadata : {}
  return (
    apiVersion === object.apiVersion &&
    kind === object.kind &&
    name === object.name &&
    (namespace === undefined || namespace === object.namespace)
  )
}

/** A path as places in the document; an element that is not there comes after the last. */
function toKey(object: JsonObject, path: Path): Key | null {
  const key: (string | number)[] = []
  let at: Json | undefined = object
  for (const step of path) {
    if ('field' in step) {
      key.push(step.field)
      at = isObject(at) && Object.hasOwn(at, step.field) ? at[step.field] : undefined
      continue
    }
    const list: readonly Json[] = isList(at) ? at : []
    const index = findElement(list, step)
    if (at !== undefined && !isList(at)) return null
    key.push(index < 0 ? list.length : index)
    at = index < 0 ? undefined : list[index]
  }
  return key
}
