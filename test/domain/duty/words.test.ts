import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { marks } from '#app/domain/attendance/marks.ts'
import { problemCodes } from '#app/domain/attendance/problem.ts'
import { translator } from '#app/i18n/translator.ts'

const folder = new URL('../../../app/domain/attendance/', import.meta.url)
const source = readdirSync(folder)
  .filter((name) => name.startsWith('judge'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

/** Every code that the judges write down; those made of parts are spelt out. */
const written = [...source.matchAll(/code: (?:[^'`,]*\? )?'(\w+)'(?: : '(\w+)')?/g)].flatMap(([, a, b]) => [a, b])
const composed = [
  ...['rest', 'holiday', 'half_holiday', 'work'].map((kind) => `calendar_${kind}`),
  ...['repeat', 'later', 'earlier'].map((why) => `punch_${why}`),
  ...['missing', 'open', 'waiting'].map((state) => `slot_${state}`),
]
const codes = [...new Set([...written, ...composed].filter((code) => code !== undefined))]

describe.each(['zh-CN', 'en'] as const)('the words in %s', (locale) => {
  const t = translator(locale)

  it('know every mark, reason and problem', () => {
    expect(codes.length).toBeGreaterThan(20)
    expect(Object.keys(marks).filter((mark) => !t.has(`attendance.mark.${mark}`))).toEqual([])
    expect(codes.filter((code) => !t.has(`attendance.reason.${code}`))).toEqual([])
    expect(problemCodes.filter((code) => !t.has(`attendance.rule_problem.${code}`))).toEqual([])
  })
})
