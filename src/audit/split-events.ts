/** One JSON text of a file, and the line where it begins, from 1. `null`: it was too long to be looked at. */
export type Piece = { readonly line: number; readonly text: string | null }

/** An event may hold two copies of an object, of which etcd takes 1.5 MB. https://etcd.io/docs/v3.6/dev-guide/limit/ */
export const LONGEST_EVENT = 8 * 1024 * 1024
/** So much is looked at to find out in which form a file is. */
const ENOUGH = 64 * 1024
/** A list of events on its way to its first item: nothing but texts and maps of texts comes before. */
const LIST = /^\{\s*(?:"\w+"\s*:\s*(?:"[^"]*"|\{[^{}]*\})\s*,\s*)*"items"\s*:/

/** Takes text apart, chunk by chunk; `end` gives what is left over. */
export type Splitter = { readonly take: (chunk: string) => Generator<Piece>; readonly end: () => Generator<Piece> }

/**
 * Takes the text of an audit log apart into the JSON texts of its events, whichever form it has: one in each line, as the
 * API server writes; an array; a list with `items`; or events printed over several lines. Holds no more than one event.
 */
export async function* splitEvents(chunks: AsyncIterable<string>): AsyncGenerator<Piece> {
  let start = ''
  let splitter: Splitter | null = null
  for await (const chunk of chunks) {
    if (splitter !== null) yield* splitter.take(chunk)
    else {
      start = (start + chunk).replace(/^\uFEFF/, '')
      splitter = chooseSplitter(start, false)
      if (splitter !== null) yield* splitter.take(start)
    }
  }
  if (splitter === null) {
    splitter = chooseSplitter(start, true) ?? splitLines()
    yield* splitter.take(start)
  }
  yield* splitter.end()
}

/** Null while it cannot be told yet. */
function chooseSplitter(text: string, isAll: boolean): Splitter | null {
  const start = text.trimStart()
  if (start.startsWith('[') || LIST.test(start)) return splitValues()
  const end = start.indexOf('\n')
  if (end === -1 && start.length < ENOUGH && !isAll) return null
  // Printed over several lines, an object begins with a bracket alone. It may be a list, whose items come later.
  return /^\{\s*$/.test(start.slice(0, end === -1 ? undefined : end)) ? splitValues() : splitLines()
}

/** One JSON text in each line: a broken one spoils no other. */
function splitLines(): Splitter {
  let [held, line, isTooLong] = ['', 1, false]
  const give = function* (text: string): Generator<Piece> {
    if (isTooLong) yield { line, text: null }
    else if (text.trim() !== '') yield { line, text: text.trim() }
    isTooLong = false
  }
  return {
    *take(chunk) {
      let from = 0
      for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
        yield* give(held + chunk.slice(from, end))
        held = ''
        line += 1
        from = end + 1
      }
      held += chunk.slice(from)
      if (held.length > LONGEST_EVENT) [held, isTooLong] = ['', true]
    },
    *end() {
      yield* give(held)
    },
  }
}

/** Brackets around an event: none, those of an array, or those of a list's `items`. An event itself holds no map in such a place. */
const AROUND = new Set(['', '[', '{['])
const [QUOTE, BACKSLASH, LINE_FEED] = [0x22, 0x5c, 0x0a]

/** Events anywhere in an array or a list, found by their brackets. */
function splitValues(): Splitter {
  let [held, at, line, startLine] = ['', 0, 1, 1]
  let [open, inText, isEscaped] = ['', false, false]
  // Where the event at hand begins in `held`, and how many brackets are around it; -1 for none.
  let [start, around, isTooLong] = [-1, -1, false]
  const step = function* (code: number): Generator<Piece> {
    const character = String.fromCharCode(code)
    if (character === '{' && AROUND.has(open)) [start, around, startLine] = [at, open.length, line]
    if (character === '{' || character === '[') open += character
    if (character !== '}' && character !== ']') return
    open = open.slice(0, -1)
    if (around !== open.length) return
    yield { line: startLine, text: isTooLong ? null : held.slice(start, at + 1) }
    ;[start, around, isTooLong] = [-1, -1, false]
  }
  return {
    *take(chunk) {
      held += chunk
      for (; at < held.length; at += 1) {
        const code = held.charCodeAt(at)
        if (code === LINE_FEED) line += 1
        if (inText) {
          if (isEscaped) isEscaped = false
          else if (code === BACKSLASH) isEscaped = true
          else if (code === QUOTE) inText = false
        } else if (code === QUOTE) inText = true
        else if (code === 0x7b || code === 0x5b || code === 0x7d || code === 0x5d) yield* step(code)
      }
      // What was read is let go, but for the event at hand.
      const keep = around === -1 || isTooLong ? held.length : start
      ;[held, at, start] = [held.slice(keep), at - keep, 0]
      if (held.length > LONGEST_EVENT) [held, at, isTooLong] = ['', 0, true]
    },
    *end() {
      if (around !== -1) yield { line: startLine, text: isTooLong ? null : held.slice(start) }
    },
  }
}
