import type { Fault } from '../model.ts'
import type { Rule } from './rules.ts'
import { suggest } from './suggest.ts'

/** Takes one fault; all of them are thrown together at the end. */
export type Tell = (fault: Fault) => void

/** Tells what the rule finds wrong with the value, and gives the value back. */
export function applyRule(value: string, rule: Rule, where: string, tell: Tell): string {
  const problem = rule.check(value)
  if (problem !== null) tell({ ...problem, where })
  return value
}

/**
 * One of a fixed set of words.
 *
 * @returns the word, or the first of the choices after a fault was told
 */
export function parseChoice<const T extends string>(text: string, choices: readonly [T, ...T[]], where: string, tell: Tell): T {
  const found = choices.find((choice) => choice === text)
  if (found !== undefined) return found
  tell({ message: `\`${text}\` is not a known value.`, where, remedy: suggest(text, choices) })
  return choices[0]
}

/**
 * A whole number in decimal digits.
 *
 * @returns the number, or `min` after a fault was told
 */
export function parseInteger(text: string, min: number, max: number, where: string, tell: Tell): number {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  tell({ message: `\`${text}\` is not a whole number from ${min} to ${max}.`, where, remedy: 'Give one in digits.' })
  return min
}

/**
 * A boolean as YAML 1.2's core schema and @actions/core's getBooleanInput write it.
 *
 * @returns the boolean, or false after a fault was told
 */
export function parseBoolean(text: string, where: string, tell: Tell): boolean {
  if (['true', 'True', 'TRUE'].includes(text)) return true
  if (!['false', 'False', 'FALSE'].includes(text)) {
    tell({ message: `\`${text}\` is neither true nor false.`, where, remedy: 'Write `true` or `false`.' })
  }
  return false
}
