import { isCalendarDate } from '../calendar.ts'
import { parseIgnorePath, parseJsonPointer } from '../explain/ignore-path.ts'

/** What is wrong with one value, without saying where it stands. */
export type Problem = { readonly message: string; readonly remedy: string }
/** A rule for one text value. `pattern` is told to editors through the JSON Schema. */
export type Rule = {
  readonly pattern?: string
  readonly maxLength?: number
  readonly check: (value: string) => Problem | null
}

/**
 * Helm's own rule for release names: DNS-1123 labels joined by dots, at most 53 characters, since names of objects are
 * built from it. https://github.com/helm/helm/blob/v3.17.2/pkg/chartutil/validate_name.go
 */
export const releaseName = patternRule(
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
  53,
  'a release name',
  'Use what `helm list` shows: lower-case letters, digits, `-` and `.`, with a letter or digit at both ends, at most 53 characters.',
)

/** A DNS-1123 label. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const namespaceName = patternRule(
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
  63,
  'a namespace name',
  'Use lower-case letters, digits and `-`, with a letter or digit at both ends, at most 63 characters.',
)

/** A target's name becomes part of issue titles and file names. */
export const targetName = patternRule(
  '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
  100,
  'a target name',
  'Use letters, digits, `.`, `_` and `-`, with a letter or digit at both ends, at most 100 characters.',
)

/** A path on this machine. Helm would fetch an address; nothing but the cluster is contacted for a check. */
export const localPath: Rule = {
  check: (value) => {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
      return {
        message: `\`${value}\` is an address, not a path.`,
        remedy: 'Give a path in the repository; what lies elsewhere must be fetched into it first.',
      }
    }
    return value.includes('\0') ? { message: 'the path contains a NUL character.', remedy: 'Remove it.' } : null
  },
}

export const setExpression: Rule = {
  pattern: '^[^=]+=',
  check: (value) =>
    /^[^=]+=/.test(value)
      ? null
      : { message: `\`${value}\` is not a helm --set expression.`, remedy: 'Write KEY=VALUE, for example `image.tag=1.2.3`.' },
}

export const valuesKey: Rule = {
  pattern: '^[^=\\s]+$',
  check: (value) =>
    /^[^=\s]+$/.test(value)
      ? null
      : {
          message: `\`${value}\` is not a values key.`,
          remedy: 'Give only the key that the pipeline sets, without a value, for example `image.tag`.',
        },
}

/** What git is given as a commit. A dash would make it an option; the rest is for git to refuse. */
export const revision: Rule = {
  check: (value) =>
    value !== '' && !value.startsWith('-') && !/[\s\0]/.test(value) && !value.includes('..')
      ? null
      : { message: `\`${value}\` is not a revision.`, remedy: 'Give one commit as git names it, for example `main` or `origin/main`.' },
}

export const kindName = patternRule(
  '^[A-Za-z][A-Za-z0-9]*(\\.[a-z0-9]([-a-z0-9.]*[a-z0-9])?)?$',
  253,
  'a kind',
  'Write `Kind` or `kind.group`, for example `ConfigMap` or `certificate.cert-manager.io`.',
)

export const calendarDate: Rule = {
  pattern: '^\\d{4}-\\d{2}-\\d{2}$',
  check: (value) =>
    isCalendarDate(value)
      ? null
      : { message: `\`${value}\` is not a date.`, remedy: 'Write the last day as YYYY-MM-DD, for example `2027-01-31`.' },
}

/** A glob for a kind, which may carry its group. */
export const kindGlob: Rule = {
  pattern: '^[A-Za-z0-9*?.-]+$',
  check: (value) => {
    // kubectl also takes `deployment.v1.apps`.
    const hasVersion = /^[^.]*\.v\d+((alpha|beta)\d+)?(\.|$)/.test(value)
    if (!hasVersion && /^[A-Za-z0-9*?]+(\.[a-z0-9*?]([a-z0-9.*?-]*[a-z0-9*?])?)?$/.test(value)) return null
    return {
      message: `\`${value}\` is no kind.`,
      remedy: 'Write `Kind` or `Kind.group` without a version, for example `Deployment.apps`; `*` stands for any text.',
    }
  },
}

/** A glob for an object's name, which is never written with its kind here. */
export const objectName: Rule = {
  check: (value) =>
    value.includes('/')
      ? { message: `\`${value}\` is no name of an object.`, remedy: 'Give the kind under `kind`, and the name alone under `name`.' }
      : null,
}

export const ignorePath: Rule = { check: (value) => findPathFault(parseIgnorePath(value)) }
export const jsonPointer: Rule = { pattern: '^/', check: (value) => findPathFault(parseJsonPointer(value)) }

function findPathFault(read: ReturnType<typeof parseIgnorePath>): Problem | null {
  return 'message' in read ? { message: read.message, remedy: read.remedy } : null
}

/** `v1.34.4`, `1.34`: what `helm template --kube-version` takes. */
export const kubeVersion = patternRule(
  '^v?\\d+\\.\\d+(\\.\\d+)?([-+][0-9A-Za-z.+-]+)?$',
  64,
  'a Kubernetes version',
  'Write it as `kubectl version` shows it, for example `v1.34.4`.',
)

export const apiVersion = patternRule(
  '^[A-Za-z0-9.-]+(/[A-Za-z0-9.-]+){0,2}$',
  512,
  'an API version',
  'Write `group/version` or `group/version/Kind`, for example `monitoring.coreos.com/v1/ServiceMonitor`.',
)

/** The versions Plumbline renders with; Helm 2 had another release format and another `template`. */
export const helmVersion = patternRule(
  '^v?[34]\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$',
  64,
  'a version of Helm 3 or 4',
  'Write all three numbers, for example `v3.17.2`.',
)

export const sha256 = patternRule(
  '^(sha256:)?[0-9A-Fa-f]{64}$',
  71,
  'a SHA-256 checksum',
  'Give the 64 hex digits from the `.sha256sum` file that Helm publishes beside the archive for this platform.',
)

/** https://docs.github.com/en/rest/issues/labels: GitHub refuses longer names. */
export const labelName: Rule = {
  check: (value) =>
    value.length <= 50 ? null : { message: `the label \`${value}\` has ${value.length} characters.`, remedy: 'GitHub allows at most 50.' },
}

export const login = patternRule(
  '^[A-Za-z0-9](-?[A-Za-z0-9]|_)*(\\[bot\\])?$',
  64,
  'a GitHub login',
  'Write it as in the address of the profile, without `@`.',
)

/** A name of a user or group, word for word: a policy compares it as it is. */
export const userName: Rule = {
  pattern: '^[^*\\s]+( [^*\\s]+)*$',
  maxLength: 512,
  check: (value) =>
    value.length <= 512 && /^[^*\s]+( [^*\s]+)*$/.test(value)
      ? null
      : {
          message: `\`${value}\` is not the name of a user or group.`,
          remedy: 'Write it in full as `kubectl auth whoami` prints it, without `*`: names are compared as they are.',
        },
}

function patternRule(pattern: string, maxLength: number, what: string, remedy: string): Rule {
  const expression = new RegExp(pattern)
  return {
    pattern,
    maxLength,
    check: (value) => (value.length <= maxLength && expression.test(value) ? null : { message: `\`${value}\` is not ${what}.`, remedy }),
  }
}

/** A short key could be found by trying, and with it the values whose ids are public. */
export const fingerprintKey: Rule = {
  check: (value) =>
    value.length >= 16
      ? null
      : {
          message: 'has fewer than 16 characters.',
          remedy: 'Give a long random text from a secret, such as `openssl rand -hex 32` prints.',
        },
}
