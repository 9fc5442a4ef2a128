/**
 * Must be imported before anything else: the Kubernetes client needs a newer Node than many machines have, and would
 * end with an error that helps nobody.
 */
const NEEDED = [22, 19] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(
    `plumbline needs Node ${NEEDED.join('.')} or newer, and this is ${process.versions.node}. Install Node 24, or run it as \`npx --package=node@24 --package=plumbline plumbline\`.`,
  )
  process.exit(1)
}
