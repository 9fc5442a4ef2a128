import type { CheckedTarget, CheckTools, RenderedTarget } from './check-target.ts'
import { explainTarget } from './explain/explain.ts'
import { foretellFates } from './explain/fate/foretell.ts'
import type { DeployRecord, History } from './explain/history.ts'
import type { Delivery, Desired, Live } from './model.ts'
import type { PreviewSide } from './preview/model.ts'
import { keyOfRef } from './refs.ts'
import { isSecretValue } from './report/redact.ts'

/** The base is what was deployed last, as far as anybody can tell: nothing else needed explaining. */
function assumeRecord(delivery: Delivery, { objects }: Desired): DeployRecord {
  return {
    ...{ revision: 0, time: null, hasHooks: false, rollback: null },
    delivery: delivery === 'helm-server-side' ? 'helm-server-side' : 'helm-client-side',
    rendered: [new Map(objects.map(({ ref, object }) => [keyOfRef(ref), object]))],
  }
}

/**
 * Judges the head of a pull request against the cluster, each finding with what a deploy of the head does to it.
 *
 * @param checked the base, checked against the same reading
 * @param record what Helm recorded of the last deploy; null where the base has to stand in for it
 */
export function judgeHead(
  { target, desired }: Pick<RenderedTarget, 'target' | 'desired'>,
  live: Live,
  checked: CheckedTarget,
  record: DeployRecord | null,
  tools: CheckTools,
): PreviewSide {
  const { inputs } = tools
  const base = checked.result
  const history: History = {
    record: record ?? assumeRecord(base.delivery, base.desired),
    commits: [],
    skipped: 0,
    cut: false,
    withoutSet: null,
    hasMore: false,
    gap: null,
  }
  const isSecret: Parameters<typeof explainTarget>[0]['isSecret'] = ({ object, path, desired: one, live: other }, sides) =>
    [one, other].some((value) => isSecretValue(object, path, value, { paths: inputs.redact }, sides))
  const explained = explainTarget({
    ...{ target, desired: desired.objects, live, rules: inputs, findSchema: checked.input.findSchema, isSecret },
    history: base.delivery.startsWith('helm-') ? history : null,
    fingerprintKey: inputs.fingerprintKey,
  })
  const { findings, sides } = explained
  // A base without objects tells nothing of it: the chart may have moved, and its release is there.
  const delivery = base.desired.objects.length === 0 ? explained.delivery : base.delivery
  const foretold = foretellFates({
    ...{ ...checked.input, desired: desired.objects, live, findings, sides, delivery },
    record: record ?? assumeRecord(delivery, base.desired),
    isSecret: (finding) => isSecret(finding, sides.get(finding.object) ?? {}),
  })
  return {
    ...{ desired: desired.objects, setAside: desired.setAside, hooks: desired.hooks ?? [], live, sides },
    ...{ findings: foretold.findings, stops: foretold.stops },
  }
}
