import { fileKeptMs, outcomesOf, type PrintOutcome, type PrintProblem } from '#app/domain/assessment/print-job.ts'
import { filledBy, type NeededField } from '#app/domain/assessment/register.ts'
import { formatInstant, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { problemText } from './problem-text.ts'

type Job = {
  readonly id: string
  readonly kind: 'pdf' | 'zip'
  readonly year: number
  readonly personIds: readonly string[]
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly done: number
  readonly problems: readonly PrintProblem[]
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

export type PrintLine = {
  readonly id: string
  readonly name: string
  readonly texts: readonly string[]
  /** Where what is missing can be filled in; null when only the person can. */
  readonly fix: string | null
  readonly printed: boolean
}

export type PrintModel = {
  readonly id: string
  readonly kind: Job['kind']
  readonly state: Job['state']
  readonly year: number
  readonly count: number
  readonly done: number
  readonly asked: { readonly who: string; readonly time: string }
  /** Seconds left as far as the pace tells; null when it does not yet. */
  readonly secondsLeft: number | null
  readonly file: { readonly size: string; readonly until: string } | null
  readonly normal: number
  readonly look: readonly PrintLine[]
  readonly failed: readonly PrintLine[]
}

export type PrintSource = {
  readonly t: T
  readonly zone: string
  readonly now: number
  readonly job: Job
  /** Bytes of the file while it is kept. */
  readonly size: number | null
  readonly names: ReadonlyMap<string, string>
  readonly who: string
}

/** A print job as its page shows it. */
export function printModel(source: PrintSource): PrintModel {
  const { t, zone, job, size, who } = source
  const ended = job.state === 'done' || job.state === 'failed'
  const outcomes = outcomesOf(job.personIds, job.problems)
  const lines = (outcome: PrintOutcome) => (ended ? outcomes[outcome].map((id) => lineOf(source, id)) : [])
  const until = (job.finishedAt?.getTime() ?? 0) + fileKeptMs
  return {
    id: job.id,
    kind: job.kind,
    state: job.state,
    year: job.year,
    count: job.personIds.length,
    done: job.done,
    asked: { who, time: formatInstant(job.createdAt.getTime(), zone, t.locale) },
    secondsLeft: secondsLeft(source),
    file: size === null ? null : { size: sizeText(size, t), until: formatInstant(until, zone, t.locale) },
    normal: job.state === 'done' ? outcomes.normal.length : 0,
    look: job.state === 'done' ? lines('look') : [],
    failed: lines('failed'),
  }
}

function lineOf({ t, job, names }: PrintSource, id: string): PrintLine {
  const problems = job.problems.filter((problem) => problem.personId === id)
  const blanks = problems.flatMap(({ code, facts }) => (code === 'blanks' ? String(facts.fields).split(' ') : []))
  const toRecord = blanks.some((field) => filledBy(field as NeededField) === 'record')
  const glyphs = problems.some(({ code }) => code === 'characters_missing')
  return {
    id,
    name: names.get(id) ?? t('assessment.print.unknown'),
    texts: problems.map((problem) => problemText(t, problem, job.year)),
    fix: toRecord || glyphs ? `/people/${id}/edit` : null,
    printed: !problems.some(({ code }) =>
      ['characters_missing', 'no_register', 'not_here', 'not_rendered'].includes(code),
    ),
  }
}

/** By the pace so far; the first sheets open the fonts and say little. */
function secondsLeft({ job, now }: PrintSource): number | null {
  if (job.state !== 'running' || job.done < 3) return null
  const spent = Math.max(0, now - job.createdAt.getTime()) / 1000
  return Math.ceil((spent / job.done) * (job.personIds.length - job.done))
}

function sizeText(bytes: number, t: T): string {
  const megabytes = bytes / 1024 / 1024
  if (megabytes >= 1) return `${formatNumber(megabytes, t.locale, 1)} MB`
  return `${formatNumber(Math.max(1, Math.round(bytes / 1024)), t.locale)} KB`
}
