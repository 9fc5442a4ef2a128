import type { Schema } from './schema.ts'

/** What no schema describes: nothing is filled in or dropped, and lists are one value, as the API server has it too. */
export const ANY: Schema = {
  type: 'any',
  format: null,
  list: { type: 'atomic' },
  atomic: false,
  emptyIsAbsent: false,
  keepsUnknown: true,
  default: undefined,
  field: () => ANY,
  fieldNames: [],
  get items() {
    return ANY
  },
}
