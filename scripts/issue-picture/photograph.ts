import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking']

/**
 * Takes a picture of a whole page, cropped to its height. Over the DevTools protocol, since a window of Chromium's has a
 * least width that is wider than a phone.
 *
 * @param file the page, as HTML
 * @param options `width` in CSS pixels, `scale` in pixels for each of them, `folder` for what the browser leaves behind
 * @returns a PNG
 * @throws Error when there is no `chromium` on the PATH (the variable `CHROMIUM` may name another one)
 * @see https://chromedevtools.github.io/devtools-protocol/
 */
export async function photograph(
  file: string,
  { width, scale, folder }: { readonly width: number; readonly scale: number; readonly folder: string },
): Promise<Buffer> {
  const args = [...FLAGS, '--remote-debugging-pipe', `--user-data-dir=${join(folder, 'profile')}`, 'about:blank']
  const browser = spawn(process.env.CHROMIUM ?? 'chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = new Promise<Error>((resolve) => {
    browser.on('error', resolve)
    browser.on('exit', (code) => resolve(new Error(`Chromium ended with ${code} before the picture was taken.`)))
  })
  const { talk, listen } = openPipe(browser.stdio[3] as Duplex, browser.stdio[4] as Duplex)
  const take = async () => {
    const { targetId } = await talk('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await talk('Target.attachToTarget', { targetId, flatten: true })
    const ask = (method: string, params: object = {}) => talk(method, params, String(sessionId))
    const resize = (height: number) => ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false })
    await resize(800)
    await ask('Page.enable')
    const loaded = listen('Page.loadEventFired')
    await ask('Page.navigate', { url: pathToFileURL(file).href })
    await loaded
    const expression = `Math.ceil(document.querySelector('main').getBoundingClientRect().height)`
    const { result } = (await ask('Runtime.evaluate', { expression })) as { readonly result?: { readonly value?: number } }
    await resize(result?.value ?? 800)
    const { data } = await ask('Page.captureScreenshot', { format: 'png' })
    return Buffer.from(String(data), 'base64')
  }
  try {
    return await Promise.race([take(), ended.then((error) => Promise.reject(error))])
  } finally {
    browser.kill()
    // It writes to its folder to the last.
    await ended
  }
}

type Answer = { readonly [key: string]: unknown }
type Message = {
  readonly id?: number
  readonly method?: string
  readonly result?: Answer
  readonly error?: { readonly message: string }
}

/** Requests and answers of the protocol: JSON, each ended by a zero byte. */
function openPipe(input: Duplex, output: Duplex) {
  const waiting = new Map<number, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>()
  const events = new Map<string, () => void>()
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const { id, method = '', result = {}, error } = JSON.parse(message) as Message
      events.get(method)?.()
      const one = waiting.get(id ?? 0)
      waiting.delete(id ?? 0)
      if (error === undefined) one?.resolve(result)
      else one?.reject(new Error(`Chromium: ${error.message}`))
    }
  })
  let last = 0
  const talk = (method: string, params: object, sessionId?: string) =>
    new Promise<Answer>((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
    })
  const listen = (event: string) => new Promise<void>((resolve) => events.set(event, resolve))
  return { talk, listen }
}
