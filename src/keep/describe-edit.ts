import { stringify } from 'yaml'
import type { Json, KeepChoice } from '../model.ts'
import { holdsSecret } from '../report/secrets.ts'
import type { KeepTools } from './keep-tools.ts'
import { formatValuesKey, getKey, type Key } from './keys.ts'
import { findWritten, type Operation } from './operations.ts'
import { makePatch, showFile } from './patch.ts'
import { type Described, tellEdit, tellFlag, tellNoPatch, tellStep } from './tell.ts'
import type { Tried } from './try-edit.ts'

/** What an edit that was tried is told as, with its patch. */
export function describeEdit(tools: KeepTools, tried: Tried): KeepChoice {
  const described = tried.operations.map((one) => describeOperation(tools, one))
  const [first] = described
  const [path] = tried.edited.keys()
  if (first === undefined) throw new Error('an edit without an operation')
  if (tried.flag !== null) return { summary: tellFlag(tried, described) }
  const file = showFile(path ?? '', tools.workspace)
  const patch = makePatch(tools.files, tried.edited, tools.workspace)
  if (described.some(({ from = '', to }) => `${from}\n${to}`.split('\n').some(holdsSecret))) {
    return { summary: tellNoPatch(`Change ${described.map(({ key }) => key).join(' and ')}`, file) }
  }
  if (patch === null) return { summary: tellNoPatch(described.map(tellStep).join(', '), file), edit: { file, ...first } }
  return { summary: tellEdit(tried, described, file), edit: { file, ...first }, patch }
}

function describeOperation({ values }: KeepTools, operation: Operation): Described {
  const before = getKey(values ?? {}, operation.key)
  const list = Array.isArray(before) ? (before as readonly Json[]) : []
  if (operation.op === 'append') return { key: formatValuesKey([...operation.key, list.length]), to: write(operation.value) }
  const isRemoval = operation.op === 'remove'
  const from = isRemoval ? operation.value : before
  const key: Key = isRemoval ? [...operation.key, list.indexOf(operation.value)] : findWritten(operation)
  const to = operation.op === 'set' ? write(operation.value) : ''
  return { key: formatValuesKey(key), ...(from === undefined ? {} : { from: write(from) }), to }
}

function write(value: Json): string {
  return stringify(value, { lineWidth: 0, version: '1.1' }).trimEnd()
}
