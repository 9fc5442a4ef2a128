import type { Issue } from '../../fakes/github/types.ts'
import { listDrift } from './cluster.ts'
import type { Run } from './run.ts'
import { DETECTOR, type Notes, type World } from './world.ts'

const DAY = 86_400_000

/** An issue is closed only for one of three reasons, each with its proof in what the run itself has read. */
export function judgeClose(world: World, run: Run, notes: Notes, issue: Issue, complain: (text: string) => void): void {
  world.count(`closed as ${issue.stateReason}${notes.target === DETECTOR ? ' (detector)' : ''}`)
  const state = run.readings.get(notes.target)
  switch (issue.stateReason) {
    case 'completed': {
      if (notes.target === DETECTOR) {
        const troubled = [...run.readings.values()].some(({ broken, unread }) => broken || unread.length > 0)
        if (troubled) complain('was closed although something could not be read')
        return
      }
      if (state === undefined) return void complain('was closed as completed by a run that did not check its target')
      if (state.broken || state.unread.length > 0) return void complain('was closed as completed without a complete reading')
      if (listDrift(state).length > 0) complain('was closed as completed although there is drift, accepted or not')
      return
    }
    case 'not_planned': {
      const isStale = run.at - notes.written >= 30 * DAY
      const isChecked = run.config.targets.includes(notes.target)
      if (notes.target === DETECTOR || isChecked) complain('was closed as not planned although its target is checked')
      if (!isStale && run.targets.length < run.config.targets.length) complain('was closed as not planned by a run of some targets')
      return
    }
    default: {
      const isOlderOpen = world.open(notes.target).some(({ number }) => number < issue.number)
      if (!isOlderOpen) complain('was closed as a duplicate although no older one is open')
    }
  }
}
