import type { DesiredObject, Note, Path, UnstablePath } from '../model.ts'
import { formatPath } from '../path.ts'
import { readTemplates } from './search-chart.ts'

/** The functions that make renders differ, by the path of the template below the chart. */
export type Causes = ReadonlyMap<string, readonly string[]>

/** Functions of Helm and Sprig that give something else at each call, or by what is going on. */
const FUNCTIONS =
  /\b(rand[A-Z]\w*|shuffle|uuidv4|now|ago|gen(?:CA|SelfSigned|Signed|PrivateKey)\w*|htpasswd|bcrypt|encryptAES|getHostByName|lookup)\b|\.(Release\.(?:IsInstall|IsUpgrade|Revision|Time))\b/g

/** Looks through the templates of a chart for what makes its renders differ. */
export async function findCauses(chart: string): Promise<Causes> {
  const templates = await readTemplates(chart)
  return new Map(
    [...templates].flatMap(([path, text]) => {
      // Only what stands in an action is a call.
      const actions = [...text.matchAll(/\{\{.*?\}\}/gs)].map(([action]) => action).join('\n')
      const found = [...new Set([...actions.matchAll(FUNCTIONS)].map(([, call, field]) => call ?? field ?? ''))]
      return found.length === 0 ? [] : [[path, found] as const]
    }),
  )
}

/** Names every path whose declared value is not compared, and the function that likely makes it so. */
export function nameUnstable(objects: readonly DesiredObject[], causes: Causes): readonly Note[] {
  return objects.flatMap(({ ref, template, unstable }) =>
    unstable.map((one): Note => {
      const path = formatPath(one.path)
      const message = `${ref.kind}/${ref.name} ${path} ${WHY[one.why]}${guess(one, template, causes)}: its value is not compared, who wrote it still is.`
      return { kind: 'unstable', object: ref, path, message }
    }),
  )
}

const WHY: { readonly [why in UnstablePath['why']]: string } = {
  random: 'is another at each render',
  'install-or-upgrade': 'differs between an install and an upgrade',
  'deploy-time': 'follows from deploy-time-values',
}

/** The object's own template first; else a helper that any template may call. */
function guess({ why, path }: UnstablePath, template: string | null, causes: Causes): string {
  if (why === 'deploy-time') return ''
  if (isChecksum(path)) return ' (a checksum of something that is)'
  const own = [...causes].filter(([file]) => template?.endsWith(`/${file}`))
  const likely = own.length > 0 ? own : [...causes].filter(([file]) => file.endsWith('.tpl') || file.endsWith('.tgz') || file === '')
  const [first] = likely
  if (first === undefined) return ''
  const [file, functions] = first
  return ` (likely ${functions.join(', ')}${file === '' ? '' : ` in ${file}`})`
}

function isChecksum(path: Path): boolean {
  const last = path.at(-1)
  return last !== undefined && 'field' in last && /checksum|hash|sha256/i.test(last.field)
}
