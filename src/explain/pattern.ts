import { toPattern } from '../compare/pattern.ts'
import type { Cause, Change, Path, Severity } from '../model.ts'

/** What kind of change it is, in words that an on-call person uses, and how much it usually matters. */
export type Pattern = { readonly pattern: string; readonly severity: Severity }

type Rule = Pattern & { readonly path: RegExp; readonly change?: Change }

/** The first rule that fits wins; more particular ones stand first. */
const RULES: readonly Rule[] = [
  { path: /\.template\.metadata\.annotations\..*restartedAt$/, pattern: 'restart', severity: 'info' },
  { path: /^spec\.replicas$/, pattern: 'scaled', severity: 'medium' },
  { path: /ontainers\[\]\.env\[\]$|ontainers\[\]\.env$/, change: 'added', pattern: 'env-injected', severity: 'medium' },
  { path: /ontainers\[\]\.env(From)?\b/, pattern: 'env-changed', severity: 'medium' },
  { path: /ontainers\[\]\.image$/, pattern: 'image-changed', severity: 'high' },
  { path: /ontainers\[\]$/, change: 'added', pattern: 'container-injected', severity: 'high' },
  { path: /ontainers\[\]\.(command|args)\b/, pattern: 'command-changed', severity: 'high' },
  { path: /ontainers\[\]\.resources\b/, pattern: 'resources-changed', severity: 'medium' },
  { path: /ontainers\[\]\.(liveness|readiness|startup)Probe\b/, pattern: 'probe-changed', severity: 'medium' },
  { path: /securityContext\b/, pattern: 'security-changed', severity: 'high' },
  { path: /^(rules|roleRef|subjects)\b/, pattern: 'permissions-changed', severity: 'high' },
  { path: /^(data|binaryData|stringData)\b/, pattern: 'configuration-changed', severity: 'medium' },
  { path: /(^|\.)metadata\.(labels|annotations|finalizers)\b/, pattern: 'metadata-changed', severity: 'low' },
]

/** Names the pattern of a difference. Causes other than drift are `info`: they are told, not alarmed about. */
export function namePattern(path: Path, change: Change, cause: Cause, byDeployer: boolean): Pattern {
  const found = findPattern(path, change, cause, byDeployer)
  return cause === 'manual' || cause === 'unknown' ? found : { ...found, severity: 'info' }
}

function findPattern(path: Path, change: Change, cause: Cause, byDeployer: boolean): Pattern {
  if (byDeployer && cause === 'manual') return { pattern: 'out-of-band-deploy', severity: 'high' }
  if (change === 'missing-object') return { pattern: 'object-missing', severity: 'high' }
  if (change === 'extra-object') return { pattern: 'object-added', severity: 'medium' }
  const text = toPattern(path)
  const rule = RULES.find((candidate) => candidate.path.test(text) && (candidate.change === undefined || candidate.change === change))
  return rule === undefined ? { pattern: 'field-changed', severity: 'medium' } : { pattern: rule.pattern, severity: rule.severity }
}
