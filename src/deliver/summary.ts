import { appendFile } from 'node:fs/promises'

/**
 * Adds Markdown to the job summary. Outside a runner (no file) there is none. The text must be within the runner's limit
 * of 1 MiB a step already: beyond it the runner drops the whole summary.
 *
 * @param file the value of GITHUB_STEP_SUMMARY
 * @see https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary
 */
export async function writeSummary(markdown: string, file: string | undefined): Promise<void> {
  if (file !== undefined && file !== '') await appendFile(file, `${markdown}\n`)
}
