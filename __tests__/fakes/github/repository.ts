import { RepositoryActivity } from './activity.ts'
import { IssueViews } from './issue-views.ts'
import type { Change, Comment, Gone, Issue, Label, Lag, Role, Settings, Token, User } from './types.ts'

/** How a fake repository begins. What is not given is an ordinary private repository with one token, `fake-token`. */
export type RepositoryOptions = {
  readonly owner?: string
  readonly name?: string
  /** The clock; the machine's unless given. */
  readonly now?: () => Date
  /** Roles by login. */
  readonly collaborators?: { readonly [login: string]: Role }
  /** People whom GitHub knows and this repository does not. */
  readonly strangers?: readonly string[]
  /** By the secret itself. */
  readonly tokens?: { readonly [secret: string]: Token }
  readonly settings?: Partial<Settings>
}

export const BOT = 'github-actions[bot]'
const WORKFLOW_TOKEN: Token = {
  login: BOT,
  permissions: { issues: 'write', contents: 'read', metadata: 'read', actions: 'read', deployments: 'read', pulls: 'read' },
}

/** The state of one repository on GitHub, with plain look-ups. `changes.ts` has what happens to issues, `people.ts` what people do. */
export class Repository {
  readonly id = 815_000_001
  readonly owner: string
  readonly name: string
  readonly now: () => Date
  readonly settings: Settings
  readonly collaborators = new Map<string, Role>()
  readonly tokens: Map<string, Token>
  readonly issues = new Map<number, Issue>()
  readonly gone = new Map<number, Gone>()
  readonly comments = new Map<number, Comment>()
  /** By name in lower case: GitHub does not tell case in labels. */
  readonly labels = new Map<string, Label>()
  /** By login in lower case. */
  readonly users = new Map<string, User>()
  readonly activity = new RepositoryActivity()
  /** From now on lists show changes late; null: at once. */
  lag: Lag | null = null
  readonly #views = new IssueViews()
  #ids = 1000
  #number = 0

  constructor(options: RepositoryOptions = {}) {
    this.owner = options.owner ?? 'acme'
    this.name = options.name ?? 'shop'
    this.now = options.now ?? (() => new Date())
    this.settings = {
      visibility: 'private',
      hasIssues: true,
      archived: false,
      defaultBranch: 'main',
      closesLocked: true,
      commentSkew: 0,
      rateLimit: 1000,
      ...options.settings,
    }
    this.tokens = new Map(Object.entries(options.tokens ?? { 'fake-token': WORKFLOW_TOKEN }))
    for (const login of [this.owner, BOT, ...(options.strangers ?? [])]) this.addUser(login)
    for (const token of this.tokens.values()) this.addUser(token.login)
    for (const [login, role] of Object.entries(options.collaborators ?? {})) this.setRole(login, role)
  }

  /** Makes a login known to GitHub; one that ends in `[bot]` is an app's. */
  addUser(login: string): User {
    const known = this.users.get(login.toLowerCase())
    if (known !== undefined) return known
    const user: User = { login, id: login === BOT ? 41_898_282 : this.nextId(), type: login.endsWith('[bot]') ? 'Bot' : 'User' }
    this.users.set(login.toLowerCase(), user)
    return user
  }

  /** Gives a person a role, or takes it away with `none`. */
  setRole(login: string, role: Role): void {
    this.collaborators.set(this.addUser(login).login.toLowerCase(), role)
  }

  /** What a login may do here; anyone may read what is public. */
  roleOf(login: string): Role {
    if (login.toLowerCase() === this.owner.toLowerCase()) return 'admin'
    const role = this.collaborators.get(login.toLowerCase()) ?? 'none'
    return role === 'none' && this.settings.visibility === 'public' ? 'read' : role
  }

  nextId(): number {
    this.#ids += 1
    return this.#ids
  }

  nextNumber(): number {
    this.#number += 1
    return this.#number
  }

  /** The time in seconds, later by some when asked, as GitHub writes it. */
  stamp(laterBySeconds = 0): string {
    return `${new Date(this.now().getTime() + laterBySeconds * 1000).toISOString().slice(0, 19)}Z`
  }

  /** The label of that name in any case, made when there is none. */
  ensureLabel(name: string): Label {
    const known = this.labels.get(name.toLowerCase())
    if (known !== undefined) return known
    const label: Label = { id: this.nextId(), name, color: 'ededed', description: null }
    this.labels.set(name.toLowerCase(), label)
    return label
  }

  /** Puts an issue in the place of what it was. Whoever asks for it by number sees that at once, and lists by `lag`. */
  setIssue(next: Issue, change: Change): void {
    this.#views.note(this.issues.get(next.number) ?? null, next, change, this.lag, this.now().getTime())
    this.issues.set(next.number, next)
  }

  /** One list request: what lists show at this moment, in the order of their numbers. */
  listIssues(): readonly Issue[] {
    return this.#views.list(this.issues, this.now().getTime())
  }

  /** The comments of one issue, oldest first. */
  commentsOf(number: number): readonly Comment[] {
    return [...this.comments.values()].filter((comment) => comment.issue === number)
  }
}
