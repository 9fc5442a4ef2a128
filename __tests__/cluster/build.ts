// Builds the control plane from the Go modules beside this file, once for each state of these modules.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const modules = fileURLToPath(new URL('binaries/', import.meta.url))
const kwokModule = join(modules, 'kwok')

/** The programs that the multi-call binary is, by the name it is called under. */
const components = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']

/** The stages which make kwok's pods and nodes ready at once, as kwok's own "fast" set has them. */
const stageFiles = [
  'pod/fast/pod-ready.yaml',
  'pod/fast/pod-complete.yaml',
  'pod/fast/pod-delete.yaml',
  'node/fast/node-initialize.yaml',
  'node/heartbeat-with-lease/node-heartbeat-with-lease.yaml',
]

/** Gives the cache folder of everything this library keeps: it is outside the tree, as a fresh checkout should not build again. */
export function getCacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', 'cluster')
}

/**
 * Gives the folder that holds, or will hold, what is built from the modules as they are now. It is named by a hash of the module files
 * and of this recipe, so a change of either builds anew.
 */
export async function getBuildFolder(): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  const files = ['go.mod', 'go.sum', 'main.go', 'kwok/go.mod', 'kwok/go.sum'].map((file) => join(modules, file))
  for (const file of [...files, fileURLToPath(import.meta.url)]) hash.update(await readFile(file))
  return join(getCacheFolder(), hash.digest('hex').slice(0, 16))
}

/** Tells whether a Go toolchain is on the PATH. */
export function hasGo(): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => folder !== '' && existsSync(join(folder, 'go')))
}

/**
 * Builds the control plane and kwok, unless that was done before. The folder appears only when it is complete, so a build that was
 * broken off and two builds at once do no harm.
 * @param log takes one line of progress at a time
 * @returns the folder with etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok and kwok-stages
 * @throws when Go is missing or a build fails, with the end of its output
 */
export async function buildControlPlane(log: (line: string) => void): Promise<string> {
  const folder = await getBuildFolder()
  if (existsSync(folder)) return folder
  if (!hasGo()) throw new Error('Building the control plane needs Go 1.26 or newer on the PATH.')
  await mkdir(dirname(folder), { recursive: true })
  const draft = await mkdtemp(`${folder}.draft-`)
  try {
    log(`building the control plane from Go modules into ${folder} (once; some five minutes on two cores)`)
    const version = (await runGo(modules, ['list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes'])).trim()
    await buildProgram('control plane', modules, '.', join(draft, 'control-plane'), stampVersion(version), log)
    await buildProgram('kwok', kwokModule, 'sigs.k8s.io/kwok/cmd/kwok', join(draft, 'kwok'), '-s -w', log)
    for (const component of components) await symlink('control-plane', join(draft, component))
    await copyStages(join(draft, 'kwok-stages'))
    // Another build may have been faster: what it made is the same.
    if (!existsSync(folder)) await rename(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return folder
}

/** Without these the API server calls itself v0.0.0-master, which charts with a kubeVersion refuse. */
function stampVersion(version: string): string {
  const [major, minor] = version.slice(1).split('.')
  const stamps = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' }
  return ['-s -w', ...Object.entries(stamps).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)].join(' ')
}

async function buildProgram(
  title: string,
  module: string,
  from: string,
  to: string,
  ldflags: string,
  log: (line: string) => void,
): Promise<void> {
  const started = Date.now()
  const total = (await runGo(module, ['list', '-deps', from])).split('\n').length
  let compiled = 0
  const tell = () => {
    const seconds = Math.round((Date.now() - started) / 1000)
    log(`  ${title}: ${compiled} of at most ${total} packages compiled, ${seconds} s`)
  }
  const ticker = setInterval(tell, 15_000)
  try {
    await runGo(module, ['build', '-v', '-trimpath', '-buildvcs=false', '-ldflags', ldflags, '-o', to, from], (lines) => {
      compiled += lines
    })
  } finally {
    clearInterval(ticker)
  }
  tell()
}

async function copyStages(to: string): Promise<void> {
  const kwok = (await runGo(kwokModule, ['list', '-m', '-f', '{{.Dir}}', 'sigs.k8s.io/kwok'])).trim()
  await mkdir(to)
  for (const file of stageFiles) await copyFile(join(kwok, 'kustomize', 'stage', file), join(to, basename(file)))
}

/** Runs go in a module; what the person set for their own Go work (a workspace, vendoring, cgo) must not take part. */
function runGo(module: string, args: string[], onProgress: (lines: number) => void = () => {}): Promise<string> {
  const [verb = '', ...rest] = args
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '' }
  const child = spawn('go', [verb, '-mod=readonly', ...rest], { cwd: module, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000)
    onProgress(text.split('\n').length - 1)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(output)
      else reject(new Error(`"go ${verb}" in ${module} ended with code ${code}:\n${errors}`))
    })
  })
}
