import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { pathToFileURL } from 'node:url'

/**
 * A headless Chromium over the DevTools protocol, since a window of Chromium's has a least width that is wider than a phone.
 * https://chromedevtools.github.io/devtools-protocol/
 */
export type Browser = { readonly open: (options: PageOptions) => Promise<Page>; readonly close: () => Promise<void> }
/** `width` and `height` in CSS pixels, `scale` in pixels for each of them. */
export type PageOptions = {
  readonly width: number
  readonly height?: number
  readonly scale?: number
  readonly dark?: boolean
  readonly scripts?: boolean
}
export type Page = {
  /** Loads a file and waits for its load event. */
  readonly load: (file: string) => Promise<void>
  /** Runs an expression in the page, which works with scripts off, too; waits for a promise. Throws what it throws. */
  readonly evaluate: <T>(expression: string) => Promise<T>
  /** A picture of the page down to `height` CSS pixels, as PNG. */
  readonly photograph: (height: number) => Promise<Buffer>
  /** The page as a PDF on A4. */
  readonly print: () => Promise<Buffer>
  /** Asks the browser for something else of the protocol. */
  readonly ask: (method: string, params?: object) => Promise<Answer>
  /** Addresses that the page has asked for, itself included. */
  readonly requests: readonly string[]
  /** What was written to the console, refusals of the policy among them. */
  readonly messages: readonly string[]
  readonly close: () => Promise<void>
}
type Answer = { readonly [key: string]: unknown }

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking']
const QUIET = ['--disable-component-update', '--disable-sync', '--disable-quic']

/**
 * Chromium's path: from `CHROMIUM`, or the PATH; null when there is none.
 *
 * @throws Error when there is none and `PLUMBLINE_BROWSER=required`, as in CI
 */
export function findBrowser(): string | null {
  if (process.env.CHROMIUM !== undefined) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  const files = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = files.find((file) => existsSync(file)) ?? null
  if (found === null && process.env.PLUMBLINE_BROWSER === 'required') throw new Error('there is no chromium on the PATH')
  return found
}

/**
 * Starts Chromium.
 *
 * @param folder for what it leaves behind
 * @throws Error when it does not start, or ends while something is asked of it
 */
export async function openBrowser(folder: string): Promise<Browser> {
  const args = [...FLAGS, ...QUIET, '--remote-debugging-pipe', `--user-data-dir=${join(folder, 'profile')}`, 'about:blank']
  const child = spawn(findBrowser() ?? 'chromium', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = new Promise<Error>((resolve) => {
    child.on('error', resolve)
    child.on('exit', (code) => resolve(new Error(`Chromium ended with ${code}.`)))
  })
  const { talk, listen } = openPipe(child.stdio[3] as Duplex, child.stdio[4] as Duplex)
  const tell = (method: string, params: object, session?: string) =>
    Promise.race([talk(method, params, session), ended.then((error) => Promise.reject(error))])
  return {
    open: (options) => openPage(options, tell, listen),
    close: async () => {
      child.kill()
      // It writes to its folder to the last.
      await ended
    },
  }
}

type Tell = (method: string, params: object, session?: string) => Promise<Answer>
type Listen = (session: string, heard: (method: string, params: Answer) => void) => void

async function openPage({ width, height = 800, scale = 1, dark = false, scripts = true }: PageOptions, tell: Tell, listen: Listen) {
  const { targetId } = await tell('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await tell('Target.attachToTarget', { targetId, flatten: true })
  const ask = (method: string, params: object = {}) => tell(method, params, String(sessionId))
  const requests: string[] = []
  const messages: string[] = []
  const loads: (() => void)[] = []
  listen(String(sessionId), (method, params) => {
    if (method === 'Network.requestWillBeSent') requests.push((params.request as { readonly url: string }).url)
    if (method === 'Log.entryAdded') messages.push((params.entry as { readonly text: string }).text)
    if (method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown') messages.push(JSON.stringify(params))
    if (method === 'Page.loadEventFired') for (const loaded of loads.splice(0)) loaded()
  })
  const resize = (to: number) => ask('Emulation.setDeviceMetricsOverride', { width, height: to, deviceScaleFactor: scale, mobile: false })
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await ask(`${domain}.enable`)
  await resize(height)
  await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] })
  if (!scripts) await ask('Emulation.setScriptExecutionDisabled', { value: true })
  const page: Page = {
    ...{ ask, requests, messages },
    load: async (file) => {
      const loaded = new Promise<void>((resolve) => loads.push(resolve))
      await ask('Page.navigate', { url: pathToFileURL(file).href })
      await loaded
    },
    evaluate: async <T>(expression: string) => {
      const answer = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true })
      const { result, exceptionDetails } = answer as { readonly result?: { readonly value?: T }; readonly exceptionDetails?: object }
      if (exceptionDetails !== undefined) throw new Error(`In the page: ${JSON.stringify(exceptionDetails)}`)
      return result?.value as T
    },
    photograph: async (to) => {
      await resize(to)
      const { data } = await ask('Page.captureScreenshot', { format: 'png' })
      await resize(height)
      return Buffer.from(String(data), 'base64')
    },
    print: async () => {
      const { data } = await ask('Page.printToPDF', { paperWidth: 8.27, paperHeight: 11.69, printBackground: true })
      return Buffer.from(String(data), 'base64')
    },
    close: async () => {
      await tell('Target.closeTarget', { targetId })
    },
  }
  return page
}

type Message = {
  readonly id?: number
  readonly method?: string
  readonly params?: Answer
  readonly sessionId?: string
  readonly result?: Answer
  readonly error?: { readonly message: string }
}

/** Requests and answers of the protocol: JSON, each ended by a zero byte. */
function openPipe(input: Duplex, output: Duplex): { readonly talk: Tell; readonly listen: Listen } {
  const waiting = new Map<number, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>()
  const ears = new Map<string, (method: string, params: Answer) => void>()
  let rest = ''
  output.setEncoding('utf8').on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) {
      const { id, method, params = {}, sessionId = '', result = {}, error } = JSON.parse(message) as Message
      if (method !== undefined) ears.get(sessionId)?.(method, params)
      const one = waiting.get(id ?? 0)
      waiting.delete(id ?? 0)
      if (error === undefined) one?.resolve(result)
      else one?.reject(new Error(`Chromium: ${error.message}`))
    }
  })
  let last = 0
  const talk: Tell = (method, params, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1
      waiting.set(last, { resolve, reject })
      input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
    })
  return { talk, listen: (session, heard) => ears.set(session, heard) }
}
