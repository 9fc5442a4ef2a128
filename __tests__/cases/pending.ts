/** Cases that wait for code which is being written, by what they wait for. Empty in the end. */
export const PENDING: { readonly [name: string]: string } = {}
