// Starts, watches and ends the processes of a control plane.

import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Watchdog } from './watchdog.ts'

/** What to start. */
export interface Program {
  readonly name: string
  readonly path: string
  readonly args: readonly string[]
}

/** The processes of one control plane. */
export interface Processes {
  /** Starts a program; its output goes to a log file of its name. */
  start(program: Program): void
  /** Names and numbers of all that was started, in order. */
  list(): { name: string; pid: number }[]
  /** Throws, with the end of the log, when a process has ended by itself. */
  check(): Promise<void>
  /** Ends all processes, the last started first, and returns when they are gone. */
  stop(): Promise<void>
}

interface Running {
  readonly name: string
  readonly child: ChildProcess
  readonly pid: number
  readonly log: string
}

/**
 * Opens an empty set of processes.
 * @param logs the folder for their logs
 * @param watchdog is told of every process
 */
export async function openProcesses(logs: string, watchdog: Watchdog): Promise<Processes> {
  await mkdir(logs, { recursive: true })
  const running: Running[] = []

  function start(program: Program): void {
    const log = join(logs, `${program.name}.log`)
    const output = openSync(log, 'a')
    // Detached, because Ctrl-C in a terminal goes to the whole group: the API server must outlive the tests that are still talking to it.
    const options = { detached: true, stdio: ['ignore', output, output] as ['ignore', number, number], env: makeEnvironment(logs) }
    const child = spawn(program.path, program.args, options)
    closeSync(output)
    child.on('error', () => {})
    child.unref()
    if (child.pid === undefined) throw new Error(`${program.path} could not be started`)
    watchdog.guard(child.pid)
    running.push({ name: program.name, child, pid: child.pid, log })
  }

  async function check(): Promise<void> {
    const dead = running.find(({ child }) => hasEnded(child))
    if (!dead) return
    const how = dead.child.signalCode ?? `code ${dead.child.exitCode}`
    throw new Error(`${dead.name} has ended with ${how}. The end of its log:\n${await readTail(dead.log)}`)
  }

  async function stop(): Promise<void> {
    // Clients first: an API server that goes away under them only fills their logs, and etcd has to be the last.
    for (const { child } of running.splice(0).reverse()) await endProcess(child)
  }

  return { start, check, stop, list: () => running.map(({ name, pid }) => ({ name, pid })) }
}

/** Nothing of the person's own Kubernetes settings may reach the components, a kwok configuration in the home folder least of all. */
function makeEnvironment(logs: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: logs, KWOK_WORKDIR: join(logs, 'kwok') }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  child.ref()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(3000, undefined, { ref: false })])
  if (hasEnded(child)) return
  child.kill('SIGKILL')
  await gone
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function readTail(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  return lines.slice(-15).join('\n')
}
