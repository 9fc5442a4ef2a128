import { type Answer, answer, errorAnswer } from './answers.ts'
import type { Token } from './types.ts'

/**
 * The one query that is served, `{ viewer { login } }` in any spelling. GitHub's description of REST says nothing of it. Everything
 * else is answered as an error of GraphQL's kind: status 200 with `errors`.
 */
export function answerGraphql(body: string | null, token: Token): Answer {
  try {
    const { query } = JSON.parse(body ?? '') as { query?: unknown }
    const plain = String(query).replaceAll(/[\s,]+/g, '')
    if (/^(query\w*)?\{viewer\{login\}\}$/.test(plain)) return answer(200, { data: { viewer: { login: token.login } } })
    return answer(200, {
      data: null,
      errors: [{ type: 'FAKE', message: `The fake GitHub answers no other query than { viewer { login } }, not ${query}` }],
    })
  } catch {
    return errorAnswer(400, 'Problems parsing JSON')
  }
}
