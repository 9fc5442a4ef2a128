import * as z from 'zod'
import type { DetectorTrouble } from '../report/detector-issue.ts'
import { decode, encode, encodeMarker, MARKER_CHARS } from './encode-marker.ts'
import type { TargetMemory } from './model.ts'
import { targetMemorySchema } from './schema.ts'

export { MARKER_CHARS }

/**
 * The state of an issue, in a hidden comment of its text: `<!-- plumbline v1 BASE64 -->`, the visible part, and
 * `<!-- plumbline end BASE64 -->`. What stands before and after is a human's. Base64 has no `-`, so nothing in it can end
 * the comment; deflated, since paths repeat themselves.
 */
export type DriftMarker = {
  readonly kind: 'drift'
  readonly target: string
  /** The config file that named the target, or null: only its runs can tell that a target is gone from it. */
  readonly config: string | null
  readonly memory: TargetMemory
  /** The labels that we put on it, so that ours can be told from a human's. */
  readonly labels: readonly string[]
  /** The title that we gave it last: another one is a human's, and stays. */
  readonly title: string
  /** Fingerprint of title and visible text, the line of the last check left out: has what there is to say changed? */
  readonly digest: string
  /** Fingerprint of the visible text as it was written: has anyone changed it since? */
  readonly visible: string
  /** RFC 3339: when it was last written. */
  readonly writtenAt: string
  /** Why we closed it; null while it is open, and where a human closed it. */
  readonly closed: 'clean' | 'removed' | null
}
/** The issue that says what cannot be checked; one for a repository. */
export type DetectorMarker = Pick<DriftMarker, 'labels' | 'title' | 'digest' | 'visible' | 'writtenAt'> & {
  readonly kind: 'detector'
  readonly closed: boolean
  readonly troubles: readonly TargetTrouble[]
}
export type TargetTrouble = DetectorTrouble & {
  readonly runs: number
  /** RFC 3339: the reading that it is from. */
  readonly checkedAt: string
}
export type Marker = DriftMarker | DetectorMarker

const VERSION = 1
const BEGIN = /<!-- plumbline v(\d{1,4}) ([A-Za-z0-9+/=]*) -->/
const END = /<!-- plumbline end ([A-Za-z0-9+/=]*) -->/

const common = {
  labels: z.array(z.string().max(50)).max(100),
  title: z.string().max(256),
  digest: z.string().max(64),
  visible: z.string().max(64),
  writtenAt: z.iso.datetime({ offset: true }),
}
const markerSchema: z.ZodType<Marker> = z.discriminatedUnion('kind', [
  z.object({
    ...common,
    kind: z.literal('drift'),
    target: z.string().min(1).max(500),
    config: z.string().max(1000).nullable(),
    memory: targetMemorySchema as z.ZodType<TargetMemory>,
    closed: z.enum(['clean', 'removed']).nullable(),
  }),
  z.object({
    ...common,
    kind: z.literal('detector'),
    closed: z.boolean(),
    troubles: z
      .array(
        z.object({
          name: z.string().max(500),
          verdict: z.enum(['error', 'incomplete']),
          since: z.iso.datetime({ offset: true }),
          runs: z.int().min(1),
          message: z.string().max(5000),
          where: z.string().max(5000).nullable(),
          remedy: z.string().max(5000),
          unread: z.int().min(0),
          checkedAt: z.iso.datetime({ offset: true }),
        }),
      )
      .max(1000),
  }),
])

/** What an issue is about, which also stands in the end comment with our title, in case the state was damaged. */
export type Identity = { readonly kind: 'drift'; readonly target: string } | { readonly kind: 'detector' }
export type BodyParts = {
  readonly identity: Identity
  /** Null where the state was damaged, or is of a version that is not known here. */
  readonly marker: Marker | null
  /** The title that we gave it last; null where that is not known. */
  readonly title: string | null
  /** True where a newer version of this program wrote it: it is then not ours to change. */
  readonly newer: boolean
  /** The visible part as it stands now, with line feeds only. */
  readonly visible: string
  /** A human's text around it. */
  readonly before: string
  readonly after: string
}

/**
 * Joins a marker, the visible text and what humans wrote around it.
 *
 * @param around as `parseBody` gave it; nothing for a new issue
 * @param most characters of the marker
 */
export function writeBody(
  marker: Marker,
  visible: string,
  around: Pick<BodyParts, 'before' | 'after'> = { before: '', after: '' },
  most = MARKER_CHARS,
): string {
  const identity = { ...identify(marker), title: marker.title }
  return `${around.before}<!-- plumbline v${VERSION} ${encodeMarker(marker, most)} -->\n${visible.trim()}\n<!-- plumbline end ${encode(identity)} -->${around.after}`
}

/**
 * Takes an issue's text apart.
 *
 * @returns null where it is not one of ours
 */
export function parseBody(body: string): BodyParts | null {
  const text = body.replaceAll('\r\n', '\n')
  const begin = BEGIN.exec(text)
  const rest = begin === null ? text : text.slice(begin.index + begin[0].length)
  const end = END.exec(rest)
  const version = Number(begin?.[1] ?? VERSION)
  const marker = begin === null || version !== VERSION ? null : decodeMarker(begin[2] ?? '')
  const spare = decodeEnd(end?.[1] ?? '')
  const identity = marker === null ? (spare?.identity ?? null) : identify(marker)
  if (identity === null) return null
  const inside = end === null || begin === null ? '' : rest.slice(0, end.index).trim()
  return {
    identity,
    marker,
    title: (marker ?? spare)?.title ?? null,
    newer: version > VERSION,
    visible: inside,
    // With one of the two comments gone, nobody can tell whose the text between was: it is kept.
    before: begin === null ? rest.slice(0, end?.index) : text.slice(0, begin.index),
    after: end === null ? rest : rest.slice(end.index + end[0].length),
  }
}

function identify(marker: Marker): Identity {
  return marker.kind === 'drift' ? { kind: 'drift', target: marker.target } : { kind: 'detector' }
}

function decodeMarker(base64: string): Marker | null {
  const parsed = markerSchema.safeParse(decode(base64))
  return parsed.success ? parsed.data : null
}

const identitySchema: z.ZodType<Identity> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drift'), target: z.string().min(1).max(500) }),
  z.object({ kind: z.literal('detector') }),
])

function decodeEnd(base64: string): { readonly identity: Identity; readonly title: string | null } | null {
  const parsed = identitySchema.and(z.object({ title: common.title.nullish() })).safeParse(decode(base64))
  if (!parsed.success) return null
  const { title = null, ...identity } = parsed.data
  return { identity, title }
}
