import { findConfigPath, loadActionInputs } from '../inputs/action.ts'
import { listConfigFiles } from '../inputs/list-config-files.ts'
import type { Inputs } from '../inputs/model.ts'
import type { BaseTree } from './open-base-tree.ts'

/**
 * Reads the Action's inputs for a preview: the config file, and what it takes rules from, as the base has them, since a pull
 * request could else silence the tool. What targets are made of lies in the workspace.
 *
 * @param env as `loadActionInputs` takes it
 * @throws UserError with every fault
 */
export async function loadPreviewInputs(env: NodeJS.ProcessEnv, tree: Pick<BaseTree, 'folder' | 'addFiles'>): Promise<Inputs> {
  const config = findConfigPath(env)
  if (config !== '') {
    await tree.addFiles([config])
    await tree.addFiles(listConfigFiles(config, tree.folder))
  }
  return loadActionInputs(env, { configFrom: tree.folder })
}
