import * as z from 'zod'
import * as rules from './rules.ts'

/** At most a year of minutes, and as many runs: more is a slip. */
export const persistMaximum = { runs: 1000, minutes: 525_600 } as const

const glob = z.string().superRefine(checkBy({ check: () => null }))

/** Everything a target takes except its name; also what `defaults` takes. */
const targetShape = {
  chart: text(rules.localPath, 'Folder of the chart, from the root of the repository. Give either `chart` or `manifests`.'),
  manifests: text(rules.localPath, 'File or folder of already rendered YAML, in place of a chart.'),
  values: list(
    text(rules.localPath, 'A values file, from the root of the repository.'),
    'Values files in the order helm takes them: the last one wins.',
  ),
  set: list(text(rules.setExpression, 'KEY=VALUE, as `helm --set` takes it.'), '`helm --set` expressions.'),
  'deploy-time-values': list(
    text(rules.valuesKey, 'A values key, such as `image.tag`.'),
    'Values keys that the pipeline sets with `--set` when it deploys. What they lead to is not compared, its ownership still is.',
  ),
  release: text(rules.releaseName, 'The Helm release, as `helm list` shows it.'),
  namespace: text(rules.namespaceName, 'The namespace of the release.'),
  context: text({ check: () => null }, 'The kubeconfig context. Default: the current one.'),
  'persist-runs': z
    .int()
    .min(1)
    .max(persistMaximum.runs)
    .meta({ description: 'Drift is acted on when it was seen in this many runs in a row. Default: 2.' }),
  'persist-minutes': z
    .int()
    .min(0)
    .max(persistMaximum.minutes)
    .meta({ description: 'Drift is acted on when it has lasted this many minutes. Default: 0.' }),
  'extra-kinds': list(
    text(rules.kindName, '`Kind` or `kind.group`.'),
    'Kinds to search for objects of the release that the chart does not render, beyond the kinds it renders.',
  ),
  'argocd-application': text(
    rules.localPath,
    'Manifest of the Argo CD Application that deploys the target, from the root of the repository: its `ignoreDifferences` hold here too.',
  ),
}

const ignoreGlobs = {
  target: glob.meta({ description: 'Glob for the name of the target.' }),
  kind: text(rules.kindGlob, 'Glob for the kind, which may carry its group: `Deployment`, `Deployment.apps`.'),
  name: text(rules.objectName, 'Glob for the name of the object.'),
  namespace: glob.meta({ description: 'Glob for the namespace of the object.' }),
  path: text(
    rules.ignorePath,
    'The place in the object; all below it is covered too. `*` is any text within one step, `[*]` any element, `**` any number of steps: `spec.template.spec.containers[name=*].image`.',
  ),
  'json-pointers': z
    .array(text(rules.jsonPointer, 'A JSON pointer, such as `/spec/replicas`. List elements are counted in what Git declares.'))
    .superRefine((pointers, context) => {
      // Without this, a list that was emptied would make a rule for the whole object.
      const remedy = 'Give a pointer such as `/spec/replicas`, or remove the key to cover all of the object.'
      if (pointers.length === 0) context.addIssue({ code: 'custom', message: 'the list is empty.', params: { remedy } })
    })
    .meta({ description: 'In place of `path`: one rule for each of these places and all below it.', minItems: 1 }),
  manager: glob.meta({ description: 'Glob for the field manager that wrote the value.' }),
}

export const targetSchema = z
  .strictObject({
    name: text(rules.targetName, 'Identity of the target in issues, state and finding ids. Default: the release.'),
    ...targetShape,
  })
  .partial()
export const defaultsSchema = z.strictObject(targetShape).partial()
export const ignoreSchema = z
  .strictObject({
    ...z.strictObject(ignoreGlobs).partial().shape,
    reason: text({ check: () => null }, 'Why this difference is right. It is shown beside everything the rule ignores.'),
    expires: text(rules.calendarDate, 'The last day on which the rule holds, as YYYY-MM-DD.').optional(),
  })
  .refine((rule) => Object.keys(ignoreGlobs).some((key) => key in rule), {
    error: 'the rule has no glob, so it would ignore everything.',
    params: { remedy: `Add at least one of ${Object.keys(ignoreGlobs).join(', ')}.` },
    // Also when another field of the rule has a fault: all faults are told at once.
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
  .refine((rule) => !('path' in rule && 'json-pointers' in rule), {
    error: '`path` and `json-pointers` are both given.',
    params: { remedy: 'Keep one, and make a rule of its own for the other.' },
    path: ['json-pointers'],
    when: ({ value }) => typeof value === 'object' && value !== null,
  })
export const controllerSchema = z.strictObject({
  manager: text({ check: () => null }, 'Field manager, as `managedFields` shows it. A glob.'),
  kind: glob.meta({ description: 'Glob for the kind it writes to.' }).optional(),
  path: glob.meta({ description: 'Glob for the path it writes.' }).optional(),
  subresource: glob.meta({ description: 'The subresource it writes through, such as `scale`.' }).optional(),
})

/** The config file. Strict: a key that is not known is a fault, never silently without effect. */
export const configSchema = z
  .strictObject({
    version: z.literal(1).meta({ description: 'Version of this format.' }),
    defaults: defaultsSchema.optional().meta({ description: 'What every target takes unless it says otherwise.' }),
    targets: z.array(targetSchema).optional().meta({ description: 'One entry per release in one namespace of one cluster.' }),
    ignore: z
      .array(ignoreSchema)
      .optional()
      .meta({ description: 'Differences that are right as they are. They stay in the report, with the reason.' }),
    controllers: z
      .array(controllerSchema)
      .optional()
      .meta({ description: 'Controllers, beyond the known ones, that may write what they write.' }),
    deployers: list(glob, 'Globs for field managers that deploy, beyond helm, Argo CD, Flux and Terraform.').optional(),
    'deployer-users': list(
      text(rules.userName, 'A user as the API server knows it, such as `system:serviceaccount:ci:deployer`.'),
      'Users that deploy, as `kubectl auth whoami` prints them: the admission policy that is offered for drift lets them through. No object of a cluster names them.',
    ).optional(),
    'break-glass-group': text(rules.userName, 'The group whose members that policy lets through in an emergency.').optional(),
    redact: list(glob, 'Globs for paths and environment names whose values are redacted, beyond the built-in ones.').optional(),
  })
  .meta({ title: 'Plumbline config file', description: 'Settings of Plumbline, usually `.github/plumbline.yml`.' })

export type Config = z.infer<typeof configSchema>
export type TargetConfig = z.infer<typeof targetSchema>

/** The JSON Schema that editors use; schema/config.schema.json is this, written out. */
export function describeConfigSchema(): object {
  return z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' })
}

function text(rule: rules.Rule, description: string) {
  const { pattern, maxLength } = rule
  return z
    .string()
    .superRefine(checkBy(rule))
    .meta({ description, minLength: 1, ...(pattern === undefined ? {} : { pattern }), ...(maxLength === undefined ? {} : { maxLength }) })
}

function list<T extends z.ZodType>(item: T, description: string) {
  return z.array(item).meta({ description })
}

function checkBy(rule: rules.Rule) {
  return (value: string, context: z.RefinementCtx<string>) => {
    const problem =
      value.trim() === '' ? { message: 'the text is empty.', remedy: 'Give it a value, or remove the key.' } : rule.check(value)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem.message, params: { remedy: problem.remedy } })
  }
}
