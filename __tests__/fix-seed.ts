import fc from 'fast-check'

// Random inputs are the same in every run, so that a change is judged by what it changes. `npm run fuzz` looks for new ones.
if (process.env.PLUMBLINE_FUZZ_RUNS === undefined) fc.configureGlobal({ seed: 2026 })
