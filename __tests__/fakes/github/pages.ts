import { type Answer, answer } from './answers.ts'
import type { Context } from './context.ts'

/** One page of a list, with the `Link` header. At most 100 a page, whatever is asked for; links name the repository by its id, as GitHub's do. */
export function answerPage<T>({ query, url, base, repository }: Context, items: readonly T[], render: (item: T) => unknown): Answer {
  const size = Math.min(Math.max(Number(query.per_page ?? 30), 1), 100)
  const page = Math.max(Number(query.page ?? 1), 1)
  const last = Math.max(Math.ceil(items.length / size), 1)
  const { pathname, searchParams } = new URL(url.slice(base.length), 'https://fake')
  const path = pathname.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${repository.id}`)
  const link = (to: number, rel: string) => {
    searchParams.set('page', String(to))
    return `<${base}${path}?${searchParams}>; rel="${rel}"`
  }
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
    ...(page > 1 ? [link(1, 'first')] : []),
  ]
  const shown = items.slice((page - 1) * size, page * size)
  return answer(200, shown.map(render), links.length > 0 ? { link: links.join(', ') } : {})
}
