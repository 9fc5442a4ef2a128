import type { Absence } from '../model.ts'
import { explainRefusal, type Refusal } from './refusal.ts'

/** What is read from GitHub, and the permission that each wants. */
const PERMISSIONS = {
  'workflow runs': 'actions: read',
  artifacts: 'actions: read',
  deployments: 'deployments: read',
  'pull requests': 'pull-requests: read',
  commits: 'contents: read',
} as const
export type Source = keyof typeof PERMISSIONS

/**
 * Why a source could not be had, and what to do about it. GitHub says 404 as well as 403 to a token without the permission.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
export function explainAbsence(source: Source, error: unknown): Absence {
  const refusal = explainRefusal(error)
  const permission = `Give the job the permission \`${PERMISSIONS[source]}\`.`
  const told = isForbiddenByGraphql(error) ? ({ kind: 'forbidden', status: 200, message: '' } as const) : refusal
  return { source: `${source} on GitHub`, ...EXPLANATIONS[told.kind](told, permission) }
}

type Explained = Pick<Absence, 'why' | 'remedy'>
type Explain = (refusal: Refusal, permission: string) => Explained

const forbidden: Explain = (_, permission) => ({ why: 'the token may not read them', remedy: permission })
const broken: Explain = ({ message, status }) => ({
  why: status === null ? `GitHub gave no usable answer (${message})` : `GitHub failed with ${status} (${message})`,
  remedy: 'The next run asks again.',
})
const EXPLANATIONS: { readonly [kind in Refusal['kind']]: Explain } = {
  forbidden,
  locked: forbidden,
  unauthorized: () => ({ why: 'GitHub does not take the token', remedy: 'Give a `token` that is valid.' }),
  'not-found': (_, permission) => ({ why: 'GitHub finds none, or the token may not see them', remedy: permission }),
  gone: (_, permission) => ({ why: 'GitHub has them at no place, or the token may not see them', remedy: permission }),
  invalid: broken,
  unsure: broken,
  limited: () => ({ why: 'the token has no requests left for now', remedy: 'The next run asks again.' }),
}

/** GraphQL refuses with status 200 and a list of errors. @see https://docs.github.com/graphql */
function isForbiddenByGraphql(error: unknown): boolean {
  const { errors } = (typeof error === 'object' && error !== null ? error : {}) as { readonly errors?: unknown }
  return Array.isArray(errors) && errors.some((one) => one?.type === 'FORBIDDEN' || one?.type === 'INSUFFICIENT_SCOPES')
}
