import { configEdits } from './config.ts'
import { containerEdits } from './containers.ts'
import { customEdits } from './custom.ts'
import type { EditKind } from './kind.ts'
import { networkEdits } from './network.ts'
import { objectEdits } from './objects.ts'
import { policyEdits } from './policies.ts'
import { rbacEdits } from './rbac.ts'
import { templateEdits } from './templates.ts'
import { workloadEdits } from './workloads.ts'

/** Every kind of edit that the lab knows. */
export const catalogue: readonly EditKind[] = [
  ...containerEdits,
  ...templateEdits,
  ...workloadEdits,
  ...configEdits,
  ...networkEdits,
  ...rbacEdits,
  ...policyEdits,
  ...customEdits,
  ...objectEdits,
]
