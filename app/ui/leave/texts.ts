import type { CivilDay, Half } from '#app/domain/attendance/day.ts'
import type { LeavePeriod, LeaveState, Party, PartyView, StepView } from '#app/domain/leave/view.ts'
import { type DayStyle, formatDay, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import type { BadgeTone } from '#app/ui/badge.tsx'

/** 4.5 天; 1 day, 4.5 days. Counts are kept in half-days. */
export function daysText(t: T, halves: number): string {
  return t('leave.days', { count: halves / 2 })
}

/** 11月26日 周四 下午: one half-day. */
export function momentText(t: T, day: CivilDay, half: Half): string {
  return t('leave.moment', { day: formatDay(day, t.locale), half: t(`leave.half.${half}`) })
}

/** From when to when; what is a whole day bears no half. A day of another year than today's names its year. */
export function periodText(t: T, period: LeavePeriod, style: DayStyle = 'day', today?: CivilDay): string {
  const far = (one: CivilDay) => today !== undefined && one.slice(0, 4) !== today.slice(0, 4)
  const day = (one: CivilDay) => formatDay(one, t.locale, far(one) ? 'full' : style)
  const half = (one: CivilDay, which: Half) => t('leave.moment', { day: day(one), half: t(`leave.half.${which}`) })
  const { firstDay, firstHalf, lastDay, lastHalf } = period
  if (firstDay === lastDay) return firstHalf === lastHalf ? half(firstDay, firstHalf) : day(firstDay)
  return t('leave.range', {
    from: firstHalf === 'am' ? day(firstDay) : half(firstDay, 'pm'),
    to: lastHalf === 'pm' ? day(lastDay) : half(lastDay, 'am'),
  })
}

/** Its last half-day: from when on punches are due again, the calendar of the days after it knows. */
export function endText(t: T, period: LeavePeriod): string {
  if (period.lastHalf === 'am') return momentText(t, period.lastDay, 'am')
  return formatDay(period.lastDay, t.locale)
}

export function partyText(t: T, party: Party | string): string {
  if (party.startsWith('external:')) return t('leave.external', { who: party.slice('external:'.length) })
  if (party === 'applicant') return t('leave.applicant')
  const key = `access.role.${party}`
  return t.has(key) ? t(key) : party
}

export function partyPeople(t: T, { party, people }: PartyView): string {
  const word = partyText(t, party)
  if (people.length === 0 || people.length > 3) return word
  return t('leave.party_people', {
    people: formatNames(
      people.map((one) => nameText(t, one)),
      t.locale,
    ),
    party: word,
  })
}

/** Several parties of one step: one of them, or all. */
export function partiesText(t: T, parties: readonly (Party | string)[], mode: 'any' | 'all'): string {
  const words = parties.map((party) => partyText(t, party))
  if (mode === 'all') return formatNames(words, t.locale)
  return words.reduce((one, other) => t('leave.or', { one, other }))
}

const tones: Record<LeaveState, BadgeTone> = {
  draft: 'none',
  submitted: 'info',
  returned: 'warn',
  withdrawn: 'plain',
  refused: 'warn',
  approved: 'ok',
  cancelled: 'plain',
}

type Standing = { readonly state: LeaveState; readonly period: LeavePeriod }

/** Where a request stands on a day: an approved one is ahead, running or over. */
export function standing({ state, period }: Standing, today: CivilDay): LeaveState | 'on' | 'over' {
  if (state !== 'approved' || period.firstDay > today) return state
  return period.lastDay < today ? 'over' : 'on'
}

export function stateBadge(t: T, leave: Standing, today: CivilDay): { tone: BadgeTone; text: string } {
  const at = standing(leave, today)
  const tone = at === 'on' ? 'teal' : at === 'over' ? 'plain' : tones[at]
  return { tone, text: t(`leave.state.${at}`) }
}

/** The step after the one that is due; null when that is the last. */
export function stepAfter(steps: readonly StepView[], due: StepView): StepView | null {
  return steps.find((step) => step.index > due.index && step.state === 'later') ?? null
}

/** The label of the button that approves: it names what the click brings about. */
export function approveLabel(t: T, steps: readonly StepView[], mine: Party | string): string {
  const due = steps.find((step) => step.state === 'due')
  if (!due) return t('leave.decide.approve_last')
  const others = due.parties.filter((one) => one.decision === null && one.party !== mine)
  if (mine.startsWith('external:')) {
    return t('leave.decide.approve_paper', { who: mine.slice('external:'.length) })
  }
  if (due.mode === 'all' && others.length > 0) {
    return t('leave.decide.approve_more', {
      who: partiesText(
        t,
        others.map(({ party }) => party),
        'all',
      ),
    })
  }
  const next = stepAfter(steps, due)
  if (!next) return t('leave.decide.approve_last')
  return t('leave.decide.approve_next', {
    who: partiesText(
      t,
      next.parties.map(({ party }) => party),
      next.mode,
    ),
  })
}

/** 350 KB, 1.2 MB. */
export function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** A name in the reader's language: an English reader gets the English one where there is one. */
export function nameText(t: T, person: { readonly name: string; readonly nameEn: string }): string {
  return t.locale === 'en' ? person.nameEn || person.name : person.name
}
