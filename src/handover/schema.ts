import * as z from 'zod'
import { isComposite, isObject } from '../compare/json.ts'
import type { Desired, HookDigest, Json, JsonObject, Note, ObjectRef, Path, SetAside, UnstablePath } from '../model.ts'
import { type Handover, MOST_OBJECTS, MOST_TARGETS } from './model.ts'

/** Kubernetes' own bounds of names, and of a group with its version. https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const name = z.string().min(1).max(253)
const apiVersion = z.string().min(1).max(317)
const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
const text = z.string().max(20_000)
const path = z.string().max(4096)

/** The objects themselves go through as they are: zod would copy them, and drop names on the way. */
const object = z.custom<JsonObject>((value) => isObject(value as Json), 'expected an object')
const json = z.custom<Json>((value) => value !== undefined, 'expected a value')
const scalar = z.custom<Exclude<Json, object>>((value) => value !== undefined && !isComposite(value as Json), 'expected a single value')
const key = z.custom<{ readonly [name: string]: Exclude<Json, object> }>((value) => {
  if (!isObject(value as Json)) return false
  const values = Object.values(value as JsonObject)
  return values.length > 0 && values.length <= 20 && !values.some(isComposite)
}, 'expected one to twenty key fields')

/**
 * A list that ends at the first entry that is wrong: zod would go on, and keep an issue for each of a million entries.
 */
function listOf<Entry>(entry: z.ZodType<Entry>, most: number) {
  return z
    .array(z.unknown())
    .max(most)
    .transform((all, context): Entry[] => {
      const good: Entry[] = []
      for (const [at, one] of all.entries()) {
        const parsed = entry.safeParse(one)
        if (!parsed.success) {
          const [issue] = parsed.error.issues
          context.addIssue({ code: 'custom', message: issue?.message ?? 'not as expected', path: [at, ...(issue?.path ?? [])] })
          return z.NEVER
        }
        good.push(parsed.data)
      }
      return good
    })
}

const ref: z.ZodType<ObjectRef> = z.strictObject({ apiVersion, kind: name, namespace: name.nullable(), name })
const step = z.union([
  z.strictObject({ field: z.string() }),
  z.strictObject({ key }),
  z.strictObject({ value: scalar }),
  z.strictObject({ index: z.int().min(0) }),
])
const steps: z.ZodType<Path> = listOf(step, 600)
/** JSON has no `undefined`: `{}` is what was absent in a render. */
const rendered = z.strictObject({ value: json.optional() })
const unstable = z.strictObject({
  path: steps,
  why: z.enum(['random', 'install-or-upgrade', 'deploy-time']),
  rendered: listOf(rendered, 100),
})
const desiredObject = z.strictObject({
  ref,
  object,
  template: path.nullable(),
  fromCrds: z.boolean(),
  unstable: listOf(unstable, 10_000),
})
const setAside: z.ZodType<SetAside> = z.strictObject({ object: ref, reason: z.string().max(253) })
const hook: z.ZodType<HookDigest> = z.strictObject({ object: ref, digest: z.string().regex(/^[0-9a-f]{64}$/) })
const note = z.strictObject({ kind: z.string().max(253), object: ref.optional(), path: path.optional(), message: text })
const desired = z.strictObject({
  objects: listOf(desiredObject, MOST_OBJECTS),
  setAside: listOf(setAside, MOST_OBJECTS),
  hooks: listOf(hook, MOST_OBJECTS).optional(),
  notes: listOf(note, MOST_OBJECTS),
})

/** A handover as it is written. Every name that it does not know is refused: nothing goes through unseen. */
export const handoverSchema = z.strictObject({
  schemaVersion: z.literal('1'),
  pullRequest: z.strictObject({ number: z.int().positive(), head: commit, base: commit.nullable() }),
  kubeVersion: z
    .string()
    .max(64)
    .regex(/^v?\d+\.\d+[\w.+-]*$/),
  targets: listOf(z.strictObject({ name: z.string().min(1).max(253), head: desired.nullable() }), MOST_TARGETS),
})
export type WrittenHandover = z.infer<typeof handoverSchema>

/** From what is written to the words of the model. */
export function fromWritten({ pullRequest, kubeVersion, targets }: WrittenHandover): Handover {
  return { pullRequest, kubeVersion, targets: targets.map(({ name, head }) => ({ name, head: head === null ? null : toDesired(head) })) }
}

function toDesired({ objects, setAside, hooks, notes }: z.infer<typeof desired>): Desired {
  const back = (one: z.infer<typeof unstable>): UnstablePath => ({ ...one, rendered: one.rendered.map(({ value }) => value) })
  return {
    objects: objects.map((one) => ({ ...one, unstable: one.unstable.map(back) })),
    setAside,
    ...(hooks === undefined ? {} : { hooks }),
    notes: notes as readonly Note[],
  }
}

/** The other way, target by target. */
export function toWrittenTarget({ name, head }: Handover['targets'][number]): object {
  if (head === null) return { name, head }
  const wrap = (one: UnstablePath) => ({ ...one, rendered: one.rendered.map((value) => (value === undefined ? {} : { value })) })
  return { name, head: { ...head, objects: head.objects.map((one) => ({ ...one, unstable: one.unstable.map(wrap) })) } }
}
