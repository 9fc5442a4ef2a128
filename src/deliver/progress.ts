/** Shows what is being done on one line that is overwritten, and taken away at the end. */
export type Progress = { readonly show: (message: string) => void; readonly clear: () => void }

/** A progress line on a terminal; nothing where the output is a file or a pipe, since there it would stay. */
export function openProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} }
  return {
    show: (message) => stream.write(`\r\u001b[K${message.slice(0, stream.columns - 1)}`),
    clear: () => stream.write('\r\u001b[K'),
  }
}
