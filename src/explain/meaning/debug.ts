import { getAt, isList, isObject } from '../../compare/json.ts'
import type { Json, Path } from '../../model.ts'
import { listLeaves } from './leaves.ts'
import type { Subject } from './subject.ts'

const SWITCH = /(^|[_.-])(debug|trace|verbose)([_.-](mode|enabled|logging|log|output|flag))?$/i
const LEVEL = /(^|[_.-])(log[_.-]?level|loglevel|log[_.-]?verbosity|verbosity|rust_log|root[_.-]?level)$/i
const TALKATIVE = /(^|[=,])\s*(debug|trace|verbose|all|silly|finest?|finer)\s*$/i
const OFF = /^(|0|false|no|off|none|null|n|f)$/i
/** https://kubernetes.io/docs/reference/kubectl/quick-reference/#kubectl-output-verbosity-and-debugging: 4 is debug. */
const KLOG_DEBUG = 4
/** Java's and Node's ways to let somebody in from outside. */
const REMOTE = /-agentlib:jdwp|-Xrunjdwp|(^|\s)--inspect(-brk)?(=|\s|$)|\bdebugpy\b.*--listen|(^|\s)dlv\s/

/** Whether a name and its value turn debug output on: `DEBUG=true`, `LOG_LEVEL=debug`. `DEBUG=false` does not. */
export function isDebugSetting(name: string, value: string): boolean {
  if (SWITCH.test(name)) return !OFF.test(value.trim())
  return LEVEL.test(name) && (TALKATIVE.test(value) || (/^\d+$/.test(value) && /verbosity/i.test(name) && Number(value) >= KLOG_DEBUG))
}

/** Whether live has a variable, or a key of a ConfigMap, that turns debug output on and that Git has otherwise. */
export function setsDebug({ path, live, desired }: Subject): boolean {
  const before = new Set(listSettings(path, desired).map(([name, value]) => `${name}=${value}`))
  return listSettings(path, live).some(([name, value]) => !before.has(`${name}=${value}`) && isDebugSetting(name, value))
}

/** Whether an argument that only live has turns debug output on: `--debug`, `-v=5`, `--log-level debug`. */
export function addsDebugFlag(subject: Subject): boolean {
  const args = readArguments(subject)
  return listNewTexts(subject).some((text) => {
    const [, name, value] = /^--?([\w.-]+?)(?:=(.*))?$/s.exec(text) ?? []
    if (name !== undefined) {
      const next = args[args.indexOf(text) + 1] ?? ''
      const given = value ?? (next.startsWith('-') ? '' : next)
      if (/^v+$/i.test(name)) return /^\d+$/.test(given) ? Number(given) >= KLOG_DEBUG : name.length > 1
      return SWITCH.test(name) ? value === undefined || !OFF.test(value) : isDebugSetting(name, given)
    }
    const before = args[args.indexOf(text) - 1] ?? ''
    return before.startsWith('-') && isDebugSetting(before.replace(/^-+/, ''), text)
  })
}

/** Whether a text that only live has opens a door for a debugger. */
export function opensDebugger(subject: Subject): boolean {
  return listNewTexts(subject).some((text) => REMOTE.test(text))
}

function listNewTexts(subject: Subject): readonly string[] {
  return listLeaves(subject).flatMap(({ live }) => (typeof live === 'string' ? [live] : []))
}

/** The whole list, of which the difference may be one element. */
function readArguments({ path, sides, live }: Subject): readonly string[] {
  const last = path.at(-1)
  const list = last !== undefined && 'field' in last ? live : getAt(sides.live, path.slice(0, -1))
  return isList(list) ? list.map(String) : []
}

/** Names with values: of a variable, of a list of them, or of a map of texts. */
function listSettings(path: Path, value: Json | undefined): readonly (readonly [name: string, value: string])[] {
  if (isList(value)) return value.flatMap((item) => listSettings(path, item))
  if (isObject(value)) {
    if (typeof value.name === 'string') return typeof value.value === 'string' ? [[value.name, value.value]] : []
    return Object.entries(value).flatMap(([name, one]) => (typeof one === 'string' ? [[name, one] as const] : []))
  }
  if (value === undefined || value === null) return []
  const element = path.findLast((step) => 'key' in step)
  const field = path.at(-1)
  const key = element !== undefined && 'key' in element ? element.key.name : undefined
  const name = typeof key === 'string' ? key : field !== undefined && 'field' in field ? field.field : ''
  return [[name, String(value)]]
}
