// `npm run cluster -- up | down | status | env`: a real control plane to try things on by hand.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findBinaries } from './binaries.ts'
import { describeCluster, describeEnvironment, describeStatus } from './cli-texts.ts'
import { startControlPlane } from './control-plane.ts'
import { type CredentialName, credentialNames } from './credentials.ts'
import { announceBackground, type Background, backgroundLog, claimBackground, findBackground, releaseBackground } from './running.ts'

const usage = `npm run cluster -- COMMAND

  up             start a control plane in the background; it stops by itself after 4 hours (PLUMBLINE_CLUSTER_HOURS)
  down           stop it
  status         tell whether it runs
  env [NAME]     print what to put into a shell: eval "$(npm run --silent cluster -- env human)"
                 NAME is one of ${credentialNames.join(', ')}; reader by default`

// What has to be built is built here and not in the background, so that the person sees the progress.
async function bringUp(): Promise<void> {
  const running = findBackground()
  if (!running) {
    await findBinaries(say)
    say('starting etcd, kube-apiserver, kube-controller-manager, kube-scheduler and kwok')
    startBackground()
  } else if (running.controlPlane) {
    say('It is up already.\n')
  }
  say(await describeCluster(await waitForBackground()))
}

function startBackground(): void {
  mkdirSync(dirname(backgroundLog), { recursive: true })
  const output = openSync(backgroundLog, 'w')
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], { detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  child.unref()
}

async function waitForBackground(): Promise<Background> {
  let seen = false
  for (let waited = 0; waited < 120_000; waited += 100) {
    const background = findBackground()
    if (background?.controlPlane) return background
    // It needs a moment to say that it is there; once it was, its absence means that it failed.
    if (!background && (seen || waited > 5000)) break
    seen = background !== undefined
    await sleep(100)
  }
  throw new Error(`The control plane did not come up.\n${readFileSync(backgroundLog, 'utf8')}`)
}

/** The background process: holds the control plane until it is told to stop or its time is over. */
async function serve(): Promise<void> {
  const lifetime = Number(process.env.PLUMBLINE_CLUSTER_HOURS || 4) * 3_600_000
  const background: Background = { pid: process.pid, stopsAt: new Date(Date.now() + lifetime).toISOString() }
  await claimBackground(background)
  const end = new AbortController()
  const endOfLife = setTimeout(() => end.abort(), lifetime)
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => end.abort())
  try {
    const { stop, ...controlPlane } = await startControlPlane({ log: say })
    await announceBackground({ ...background, controlPlane })
    if (!end.signal.aborted) await once(end.signal, 'abort')
    await stop()
  } finally {
    clearTimeout(endOfLife)
    await releaseBackground()
  }
}

async function takeDown(): Promise<void> {
  const background = findBackground()
  if (!background) return say('Nothing is running.')
  process.kill(background.pid, 'SIGTERM')
  for (let waited = 0; findBackground() !== undefined; waited += 100) {
    if (waited > 60_000)
      throw new Error(`Process ${background.pid} does not end; "kill -9 ${background.pid}" ends it and all that it started.`)
    await sleep(100)
  }
  say('Stopped; its data is removed.')
}

async function printStatus(): Promise<void> {
  const background = findBackground()
  say(await describeStatus(background))
  if (!background?.controlPlane) process.exitCode = 1
}

async function printEnvironment(name = 'reader'): Promise<void> {
  const controlPlane = findBackground()?.controlPlane
  if (!controlPlane) throw new Error('Nothing is running; start it with: npm run cluster -- up')
  if (!isCredentialName(name)) throw new Error(`There is no credential ${name}; there are ${credentialNames.join(', ')}`)
  say(await describeEnvironment(controlPlane, name))
}

function isCredentialName(name: string): name is CredentialName {
  return (credentialNames as readonly string[]).includes(name)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

// Whoever reads only the first lines has seen enough.
process.stdout.on('error', () => {})

const [command = 'help', argument] = process.argv.slice(2)
try {
  if (command === 'up') await bringUp()
  else if (command === 'serve') await serve()
  else if (command === 'down') await takeDown()
  else if (command === 'status') await printStatus()
  else if (command === 'env') await printEnvironment(argument)
  else {
    say(usage)
    process.exitCode = command === 'help' ? 0 : 1
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
