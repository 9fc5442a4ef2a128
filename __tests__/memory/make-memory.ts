import { NO_MEMORY, type Streak, type TargetMemory } from '../../src/memory/model.ts'

export function makeMemory(parts: Partial<TargetMemory> = {}): TargetMemory {
  return { ...NO_MEMORY, checkedAt: '2026-11-01T06:17:00Z', ...parts }
}

export function makeStreak(parts: Partial<Streak> = {}): Streak {
  return {
    ...{ key: 'apps|Deployment|shop|shop spec.replicas', id: 'b1f0000000000000', since: '2026-11-01T05:17:00Z' },
    ...{ shownAt: '2026-11-01T05:17:00Z', runs: 2, fact: 'Deployment/shop: replicas 3 → 5', desired: '0123456789ab', told: null },
    ...parts,
  }
}
