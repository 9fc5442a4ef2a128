import * as z from 'zod'
import { MOST_STREAKS, MOST_TEXT, type TargetMemory } from './model.ts'

/** What people and other programs may have changed is checked before it is believed; bounds keep it from growing without end. */
const time = z.iso.datetime({ offset: true })
const text = z.string().max(MOST_TEXT)

const streak = z.object({
  key: text,
  id: z.string().max(64),
  since: time,
  shownAt: time.nullable().default(null),
  runs: z.int().min(1),
  fact: text,
  desired: z.string().max(64).nullable(),
  live: z.string().max(64).nullable().optional(),
  told: z.string().max(64).nullable(),
})
const acceptance = z.object({
  ids: z.array(z.string().max(64)).max(MOST_STREAKS),
  by: text,
  because: text,
  at: time,
  until: time,
  comment: z.object({ id: z.int().positive(), url: text }),
})

/** A list in which one bad entry costs that entry, and not all that is remembered. */
function listOfValid<T>(entry: z.ZodType<T>, most: number) {
  return z
    .array(z.unknown())
    .max(most)
    .transform((all) =>
      all.flatMap((one) => {
        const parsed = entry.safeParse(one)
        return parsed.success ? [parsed.data] : []
      }),
    )
}

/** The shape of `TargetMemory` as it was written. */
export const targetMemorySchema: z.ZodType<TargetMemory> = z.object({
  checkedAt: time.nullable(),
  clean: z.object({ at: time, commit: z.string().max(64).nullable() }).nullable(),
  streaks: listOfValid(streak, MOST_STREAKS),
  cut: z.literal(true).optional(),
  acceptances: listOfValid(acceptance, 1000),
  settled: z
    .object({ upTo: z.int().positive(), waiting: z.array(z.int().positive()).max(1000) })
    .nullable()
    .default(null),
  trouble: z.object({ verdict: z.enum(['error', 'incomplete']), since: time, runs: z.int().min(1) }).nullable(),
  run: z.int().positive().nullable().default(null),
  cluster: z.string().max(64).nullable().default(null),
  issue: z.int().positive().nullable(),
}) as z.ZodType<TargetMemory>
