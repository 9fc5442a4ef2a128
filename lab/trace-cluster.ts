import bundled from '../src/cluster/bundled-cluster.json' with { type: 'json' }
import type { ClusterInfo } from '../src/model.ts'

/** What a cluster without custom resources serves: charts are rendered for it, and nothing is applied. */
export function loadBundledCluster(): ClusterInfo {
  return { ...bundled, staleGroups: [] }
}
