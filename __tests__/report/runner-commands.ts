/**
 * Which workflow command the GitHub runner would run on reading a line of a step's output: its two parsers, ported from
 * `ActionCommand.TryParseV2` and `ActionCommand.TryParse` (github.com/actions/runner, src/Runner.Common/ActionCommand.cs).
 * Any registered name counts here, so the oracle is stricter than the runner.
 */
export function findRunnerCommand(line: string): string | null {
  return parseV2(line) ?? parseV1(line)
}

/** All commands in a text, read line by line as .NET's `StreamReader.ReadLine` does. */
export function findRunnerCommands(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => findRunnerCommand(line) ?? [])
}

/** `message.TrimStart()`, then `::name key=value::data`. */
function parseV2(message: string): string | null {
  const trimmed = message.replace(DOTNET_WHITE_SPACE, '')
  if (!trimmed.startsWith('::')) return null
  const end = trimmed.indexOf('::', 2)
  if (end < 0) return null
  const info = trimmed.slice(2, end)
  const space = info.indexOf(' ')
  return space < 0 ? info : info.slice(0, space)
}

/** `##[name key=value]data`, found anywhere in the line. */
function parseV1(message: string): string | null {
  const start = message.indexOf('##[')
  const end = message.indexOf(']', start)
  if (start < 0 || end < 0) return null
  const info = message.slice(start + 3, end)
  const space = info.indexOf(' ')
  return space < 0 ? info : info.slice(0, space)
}

/** `char.IsWhiteSpace`: Unicode's Zs, Zl and Zp, U+0009 to U+000D, U+0085 and U+00A0. */
const DOTNET_WHITE_SPACE = /^[\p{Zs}\p{Zl}\p{Zp}\t-\r\u0085]+/u
