import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../errors.ts'
import type { ReportFiles } from './outputs.ts'

/** The report in each form that is written to a file. */
export type ReportTexts = { readonly json: string; readonly html: string; readonly summary: string }

/**
 * Writes the report files into a folder, which is made when it is missing.
 *
 * @throws {UserError} naming `report-dir` when the folder cannot be written
 */
export async function writeReportFiles(folder: string, texts: ReportTexts): Promise<ReportFiles> {
  const files = { json: join(folder, 'report.json'), html: join(folder, 'report.html'), summary: join(folder, 'summary.md') }
  await writeText(files.json, texts.json, 'report-dir')
  await writeText(files.html, texts.html, 'report-dir')
  await writeText(files.summary, texts.summary, 'report-dir')
  return files
}

/**
 * Writes one text file, making its folder.
 *
 * @param input the name of the input that named the file, for the fault
 * @throws {UserError}
 */
export async function writeText(file: string, text: string, input: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UserError({
      where: input,
      message: `cannot write ${file} (${message}).`,
      remedy: 'Name a place that this process may write to.',
    })
  }
}
