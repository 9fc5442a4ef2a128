import type { Json } from '../../model.ts'

/** ECMAScript's JSON.rawJSON (tc39/proposal-json-parse-with-source), which TypeScript's library does not declare yet. */
const { rawJSON } = JSON as unknown as { readonly rawJSON: (text: string) => object }

/** What a terminal would act on or hide: controls, invisible characters, and those that turn the direction of text. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** JSON on one line for a command: integers keep every digit, and nothing in it is invisible. */
export function writeJson(value: Json): string {
  const text = JSON.stringify(value, (_, child: Json) => (typeof child === 'bigint' ? rawJSON(child.toString()) : child))
  return text.replace(UNSEEN, (character) =>
    [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  )
}
