import * as z from 'zod'
import type { TargetMemory } from './model.ts'

/** What people and other programs may have changed is checked before it is believed; bounds keep it from growing without end. */
const time = z.iso.datetime({ offset: true })
const text = z.string().max(2000)

const streak = z.object({
  key: text,
  id: z.string().max(64),
  since: time,
  shownAt: time.nullable().default(null),
  runs: z.int().min(1),
  fact: text,
  desired: z.string().max(64).nullable(),
  told: z.string().max(64).nullable(),
})
const acceptance = z.object({
  ids: z.array(z.string().max(64)).max(10_000),
  by: text,
  because: text,
  at: time,
  until: time,
  comment: z.object({ id: z.int().positive(), url: text }),
})

/** The shape of `TargetMemory` as it was written. */
export const targetMemorySchema: z.ZodType<TargetMemory> = z.object({
  checkedAt: time.nullable(),
  clean: z.object({ at: time, commit: z.string().max(64).nullable() }).nullable(),
  streaks: z.array(streak).max(20_000),
  acceptances: z.array(acceptance).max(1000),
  settled: z
    .object({ upTo: z.int().positive(), waiting: z.array(z.int().positive()).max(1000) })
    .nullable()
    .default(null),
  trouble: z.object({ verdict: z.enum(['error', 'incomplete']), since: time, runs: z.int().min(1) }).nullable(),
  issue: z.int().positive().nullable(),
})
