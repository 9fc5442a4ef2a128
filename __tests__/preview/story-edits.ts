import { CHART, type Edits, VALUES } from './preview-example.ts'

/** Pull requests to the example's repository. */

export const DEPLOYMENT = `${CHART}/templates/deployment.yaml`

/** Another version of the image. */
export const bump: Edits = { [VALUES]: (text) => `${text}\nimage:\n  tag: "1.5.0"\n` }

export function setReplicas(replicas: number): Edits {
  return { [VALUES]: (text) => text.replace('replicaCount: 3', `replicaCount: ${replicas}`) }
}

/** Declares the variable that somebody set by hand. */
export function declareDebug(value: string): Edits {
  const declare = (line: string, indent: string) => `${line}${indent}  - name: DEBUG\n${indent}    value: "${value}"\n`
  return { [DEPLOYMENT]: (text) => text.replace(/^( +)env:\n/m, declare) }
}
