import type { Finding, Preview, PreviewChange, Report, TargetReport } from '../model.ts'
import { formatPath } from '../path.ts'

/** ECMAScript's JSON.rawJSON (tc39/proposal-json-parse-with-source), which TypeScript's library does not declare yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object }

/**
 * The report as JSON, as `schema/report.schema.json` describes it. Paths are text (see `formatPath`), an absent side is
 * null, and integers keep every digit. The YAML views are left out, those of a preview too: they can be made again from the objects.
 *
 * Control and invisible characters are escaped, and so is `##[`: JSON says the same either way, and the text can be
 * written to a terminal or into the log of a workflow.
 *
 * @returns indented by two spaces, with a line feed at the end
 */
export function formatJson(report: Report): string {
  const { schemaVersion, generatedAt, tool, verdict, targets, notes = [], pullRequest } = report
  const value = {
    ...{ schemaVersion, generatedAt, tool, verdict, ...(pullRequest === undefined ? {} : { pullRequest }) },
    ...{ targets: targets.map(toJsonTarget), ...(notes.length === 0 ? {} : { notes }) },
  }
  const text = JSON.stringify(value, (_, child) => (typeof child === 'bigint' ? rawJSON(child.toString()) : child), 2)
  return `${text.replace(UNSEEN, escapeUnits).replaceAll('##[', '##\\u005b')}\n`
}

/** What `JSON.stringify` leaves as it is and a terminal would act on or hide. Line feeds outside of strings stay. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

function escapeUnits(character: string): string {
  return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

function toJsonTarget(target: TargetReport): object {
  const { name, release, namespace, delivery, verdict, complete, counts, unread, setAside, notes, ignoreRules, requests, error } = target
  const { cleanAt, decision, issue, preview } = target
  const findings = target.findings.map(toJsonFinding)
  return {
    ...{ name, release, namespace, delivery, verdict, complete, counts, findings, unread, setAside, notes, ignoreRules, requests, error },
    ...(cleanAt === undefined ? {} : { cleanAt }),
    ...(decision === undefined ? {} : { decision }),
    ...(issue === undefined ? {} : { issue }),
    ...(preview === undefined ? {} : { preview: toJsonPreview(preview) }),
  }
}

function toJsonPreview({ headline, kinds, files, against, changes, counts, issues }: Preview): object {
  return {
    ...{ headline, kinds, files, against, counts, changes: changes.map(toJsonChange) },
    ...(issues === undefined ? {} : { issues }),
  }
}

function toJsonChange({ prospect, object, path, base, head, live, ...rest }: PreviewChange): object {
  return { prospect, object, path: formatPath(path), base: base ?? null, head: head ?? null, live: live ?? null, ...rest }
}

function toJsonFinding(finding: Finding): object {
  const { id, object, path, change, desired, live, equal, cause, drift, confidence, because, evidence, pattern, severity, ...rest } =
    finding
  return {
    ...{ id, object, path: formatPath(path), change },
    ...{ desired: desired ?? null, live: live ?? null, ...(equal === undefined ? {} : { equal }) },
    ...{ cause, drift, confidence, because, evidence, pattern, severity },
    ...rest,
  }
}
