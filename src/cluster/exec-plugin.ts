import { isObject } from '../compare/json.ts'
import { UserError } from '../errors.ts'
import type { Json } from '../model.ts'
import { toList, toObject, toText, toTexts } from '../shapes.ts'
import type { Environment } from './find-kubeconfig.ts'
import type { ContextEntry } from './parse-kubeconfig.ts'

/**
 * The plugin's entry with what kubectl tells a plugin, which KubeConfig leaves out
 * (https://kubernetes.io/docs/reference/config-api/client-authentication.v1/); some plugins refuse to run without it.
 * A variable without a value is one the plugin does not get.
 */
export function toExec(entry: ContextEntry, env: Environment, hidden: RegExp | null): object {
  const exec = toObject(entry.user.exec)
  const info: { [key: string]: Json } = { interactive: false }
  if (exec.provideClusterInfo === 'true') {
    const { cluster } = entry
    info.cluster = {
      server: cluster.server ?? null,
      ...(cluster['certificate-authority-data'] === undefined
        ? {}
        : { 'certificate-authority-data': cluster['certificate-authority-data'] }),
      ...(cluster['tls-server-name'] === undefined ? {} : { 'tls-server-name': cluster['tls-server-name'] }),
    }
  }
  const told = { kind: 'ExecCredential', apiVersion: exec.apiVersion ?? 'client.authentication.k8s.io/v1', spec: info }
  return {
    command: toText(exec.command) ?? '',
    args: toTexts(exec.args),
    env: [
      ...(hidden === null ? [] : Object.keys(env).filter((name) => hidden.test(name))).map((name) => ({ name, value: undefined })),
      ...toList(exec.env)
        .filter(isObject)
        .map((one) => ({ name: toText(one.name) ?? '', value: toText(one.value) ?? '' })),
      { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(told) },
    ],
  }
}

/** What went wrong before anything was sent: a plugin that fails, or a certificate file that is not there. */
export function explainPreparation(entry: ContextEntry, error: unknown): UserError {
  const reason = (error instanceof Error ? error.message : String(error)).trim().slice(-400)
  const exec = toObject(entry.user.exec)
  const command = toText(exec.command)
  if (command === null) {
    const remedy = 'Check the files and certificates that the kubeconfig names.'
    return new UserError({
      message: `The credential of user \`${entry.userName}\` could not be prepared: ${reason}.`,
      where: 'kubeconfig',
      remedy,
    })
  }
  const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  const hint = toText(exec.installHint)
  if (absent) {
    return new UserError({
      message: `The kubeconfig's plugin \`${command}\` is not installed.`,
      where: 'kubeconfig',
      remedy: hint ?? `Install it, or put it on PATH.`,
    })
  }
  const remedy = `Run \`${[command, ...toTexts(exec.args)].join(' ')}\` by hand; it may ask you to log in.`
  return new UserError({ message: `The kubeconfig's plugin \`${command}\` gave no credential: ${reason}.`, where: 'kubeconfig', remedy })
}
