import { NAMESPACE } from '../../__tests__/cases/run-case.ts'
import type { CredentialName } from '../../__tests__/cluster/credentials.ts'
import { getKubectl } from '../../__tests__/tools/helm-and-kubectl.ts'
import { runProgram } from '../../lab/run-program.ts'
import { type Tools, withCache } from './find-refs.ts'

/**
 * Runs kubectl in the copy of the case folder and its namespace.
 * @throws with what it said when it fails
 */
export async function runKubectl(
  { folder, namespace, kubeconfigs }: Tools,
  as: CredentialName,
  args: readonly string[],
  stdin?: string,
): Promise<void> {
  const own = args.includes('--namespace') ? [] : ['--namespace', namespace]
  const place = (text: string): string => text.replaceAll(NAMESPACE, namespace)
  const all = ['--kubeconfig', kubeconfigs[as], ...own, ...args.map(place)]
  const more = stdin === undefined ? {} : { stdin: place(stdin) }
  const { code, stderr } = await runProgram(await getKubectl(), all, {
    cwd: folder,
    seconds: 60,
    env: withCache(folder, 'kubectl'),
    ...more,
  })
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.slice(-1500)}`)
}
