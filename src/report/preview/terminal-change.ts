import type { PreviewChange } from '../../model.ts'
import { formatPath } from '../../path.ts'
import { describeConflict } from '../decision-words.ts'
import { nameObject } from '../describe-finding.ts'
import type { Pen } from '../layout.ts'
import { formatTextChange } from '../text-change.ts'
import type { PreviewedTarget } from './arrange.ts'
import { tellOrigin, tellSides, tellText } from './tell-sides.ts'

/** One place of a preview for a terminal. */

/** Characters of one value; the YAML difference has the rest. */
const LONGEST_VALUE = 400

/** A change with its values, why, and who made what it meets by hand. */
export function formatChange(change: PreviewChange, target: PreviewedTarget, pen: Pen): readonly string[] {
  const { path, object } = change
  const conflict = describeConflict(change)
  const place = path.length === 0 ? '' : ` ${formatPath(path)}`
  const text = tellText(change)
  const origin = tellOrigin(change, target)
  return [
    ...pen.wrap(`${nameObject(object, target.namespace)}${place}`, { indent: 2, hang: 6 }),
    ...(text === '' ? [] : pen.wrap(text, { indent: 6 })),
    ...formatValues(change, target, pen),
    ...(conflict === null ? [] : pen.wrap(conflict, { indent: 6, hang: 8, tone: 'faint' })),
    ...(origin === null || origin.writer === null ? [] : pen.wrap(`by ${origin.writer}, ${origin.time}`, { indent: 6, tone: 'faint' })),
    ...(origin === null || origin.decided === null ? [] : pen.wrap(origin.decided, { indent: 6 })),
  ]
}

/** What Git said, what it will say, and what the cluster has; lines of a text of several. Nothing for whole objects. */
function formatValues(change: PreviewChange, target: PreviewedTarget, pen: Pen): readonly string[] {
  const sides = tellSides(change, target, LONGEST_VALUE)
  if (sides === null) return []
  const lines = formatTextChange(change.live, change.head)
  if (lines !== null) {
    return lines.flatMap((line) =>
      pen.wrap(line, { indent: 6, hang: 10, tone: line.startsWith('-') ? 'minus' : line.startsWith('+') ? 'plus' : 'faint' }),
    )
  }
  const write = (side: string | null) => side ?? 'not set'
  const git = `Git ${sides.before === undefined ? '' : `${write(sides.before)} -> `}${write(sides.git)}`
  return pen.wrap(sides.live === undefined ? git : `${git}, cluster ${write(sides.live)}`, { indent: 6, hang: 8 })
}
