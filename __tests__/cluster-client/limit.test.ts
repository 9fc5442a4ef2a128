import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { limitConcurrency } from '../../src/cluster/limit.ts'

test('never more than the limit at once, also when tasks keep coming, and in order', async () => {
  const inTurn = limitConcurrency(3)
  let running = 0
  let most = 0
  const started: number[] = []
  const tasks: Promise<void>[] = []
  for (let index = 0; index < 30; index++) {
    tasks.push(
      inTurn(async () => {
        started.push(index)
        most = Math.max(most, ++running)
        await sleep(6)
        running--
      }),
    )
    // Newcomers arrive while earlier ones end and others wait.
    if (index % 5 === 4) await sleep(7)
  }
  await Promise.all(tasks)
  expect(most).toBe(3)
  expect(started).toEqual(Array.from({ length: 30 }, (_, index) => index))
})

test('a task that fails gives its place back', async () => {
  const inTurn = limitConcurrency(1)
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await inTurn(() => Promise.resolve('yes'))).toBe('yes')
})
