import { openBrowser } from '../../__tests__/tools/browser.ts'

/**
 * Takes a picture of a whole page, cropped to the height of its `main`.
 *
 * @param file the page, as HTML
 * @param options `width` in CSS pixels, `scale` in pixels for each of them, `folder` for what the browser leaves behind
 * @returns a PNG
 * @throws Error when Chromium does not start (it is looked for on the PATH; `CHROMIUM` may name another one)
 */
export async function photograph(
  file: string,
  { width, scale, folder }: { readonly width: number; readonly scale: number; readonly folder: string },
): Promise<Buffer> {
  const browser = await openBrowser(folder)
  try {
    const page = await browser.open({ width, scale })
    await page.load(file)
    return await page.photograph(await page.evaluate<number>(`Math.ceil(document.querySelector('main').getBoundingClientRect().height)`))
  } finally {
    await browser.close()
  }
}
