/**
 * Records the live states of the case folders from a real control plane, as each folder's `case.yaml` says: deployed by
 * real helm (version 4, applying on the server: `live.json`; version 3: `live.helm3.json`), then changed for the twins.
 * Run by `npm run record-cases [-- NAME...]`; a name may be the beginning of one.
 */

import { listCases, readRecipe } from '../__tests__/cases/read-case.ts'
import { startControlPlane } from '../__tests__/cluster/control-plane.ts'
import { limitConcurrency } from '../src/cluster/limit.ts'
import { recordCase } from './record-cases/record-case.ts'

const wanted = process.argv.slice(2)
const names = (await listCases()).filter((name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)))
// What a mutating webhook does to objects, done by the API server itself: https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
const apiServerFlags = ['--feature-gates=MutatingAdmissionPolicy=true', '--runtime-config=admissionregistration.k8s.io/v1beta1=true']
const cluster = await startControlPlane({ log: console.error, apiServerFlags })
const inTurn = limitConcurrency(3)
try {
  await Promise.all(
    names.map((name) =>
      inTurn(async () => {
        const recipe = await readRecipe(name)
        if (recipe === null) return
        try {
          await recordCase(name, recipe, cluster.kubeconfigs)
          console.error(`recorded ${name}`)
        } catch (error) {
          // One case that cannot be recorded does not keep the others from it.
          console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
          process.exitCode = 1
        }
      }),
    ),
  )
} finally {
  await cluster.stop()
}
