import { Link } from '@remix-run/react'
import type { Mark as MarkId } from '#app/domain/attendance/marks.ts'
import type { LeavePeriod } from '#app/domain/leave/view.ts'
import { annualFormOf } from '#app/domain/people/person.ts'
import { daysBetween } from '#app/domain/time/day.ts'
import { formatInstant, formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { currentPosting, dueSoonDays, heldOn } from './person-model.ts'
import type { PersonModel } from './person-page.tsx'
import { pick } from './words.ts'

export type LeaveFact = {
  readonly id: string
  readonly number: string | null
  readonly kind: MarkId
  readonly period: LeavePeriod
  readonly workingHalves: number
  readonly state: string
}

export type AccountFacts = {
  readonly state: string
  readonly signIn: string | null
  readonly codeEndsAt: number | null
  readonly lockedUntil: number | null
  readonly roles: readonly string[]
  readonly rolesHold: boolean
  readonly waiting: readonly string[]
}

type Props = { model: PersonModel }

/** The narrow cards: leave of the year by itself, or everything beside it. */
export function PersonSide({ model, only }: Props & { only: 'leave' | 'side' }) {
  if (only === 'leave') return <Leave model={model} />
  return (
    <>
      <Reminders model={model} />
      <Enrolment model={model} />
      {model.may.account && model.account ? <Account model={model} account={model.account} /> : null}
      {model.may.print ? <Papers model={model} /> : null}
    </>
  )
}

const leaveTones: Readonly<Record<string, BadgeTone>> = {
  approved: 'ok',
  submitted: 'info',
  returned: 'warn',
  refused: 'plain',
  withdrawn: 'plain',
  cancelled: 'plain',
}

function Leave({ model }: Props) {
  const t = useT()
  const year = model.day.slice(0, 4)
  const leaves = model.leaves ?? []
  const shown =
    model.view === 'leave' ? leaves : leaves.filter((one) => one.period.lastDay.startsWith(year)).slice(0, 6)
  const title = t('people.page.leave_title', { year })
  return (
    <Card
      title={model.view === 'leave' ? t('people.page.leave_all') : title}
      extra={
        shown.length < leaves.length ? (
          <Link to={`/people/${model.record.id}?view=leave`}>{t('people.page.leave_all')}</Link>
        ) : null
      }
    >
      {shown.length === 0 ? (
        <p className="sub sm">{t('people.page.leave_none', { year })}</p>
      ) : (
        <ul className="lvs">
          {shown.map((leave) => (
            <LeaveLine key={leave.id} leave={leave} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function LeaveLine({ leave }: { leave: LeaveFact }) {
  const t = useT()
  const key = `leave.state.${leave.state}`
  const days = leave.workingHalves / 2
  return (
    <li>
      <Mark id={leave.kind} />
      <Link to={`/leave/${leave.id}`}>{periodText(t, leave.period)}</Link>
      <span className="sub sm nw">{t('people.page.leave_days', { days, count: days })}</span>
      <Badge tone={leaveTones[leave.state] ?? 'plain'}>{t.has(key) ? t(key) : leave.state}</Badge>
    </li>
  )
}

function periodText(t: T, { firstDay, firstHalf, lastDay, lastHalf }: LeavePeriod): string {
  const from = `${firstDay} ${t(`attendance.half.${firstHalf}`)}`
  if (firstDay === lastDay) return firstHalf === lastHalf ? from : firstDay
  return t('people.page.leave_until', { from, to: `${lastDay} ${t(`attendance.half.${lastHalf}`)}` })
}

function Reminders({ model }: Props) {
  const t = useT()
  const found = remindersOf(t, model)
  return (
    <Card title={<Bilingual k="people.page.reminders" />}>
      {found.length === 0 ? (
        <p className="sub sm">{t('people.page.reminders_none')}</p>
      ) : (
        <ul className="cons">
          {found.map((text) => (
            <Consequence key={text} tone="warn">
              {text}
            </Consequence>
          ))}
        </ul>
      )}
    </Card>
  )
}

function remindersOf(t: T, { record, day, account, may }: PersonModel): string[] {
  const posting = currentPosting(record, day)
  if (!posting || record.state !== 'serving') return []
  const unit = pick(t, posting.unit.name, posting.unit.nameEn)
  const { dueOn, endsOn } = posting
  const due = dueOn !== null && endsOn === null && daysBetween(day, dueOn) <= dueSoonDays
  return [
    due ? t('people.page.remind_due', { day: dueOn, unit }) : '',
    record.enrolledAt === 0 ? t('people.page.remind_finger') : '',
    heldOn(record, day).length > 0 ? '' : t('people.page.remind_post'),
    may.account && account?.state === 'none' ? t('people.page.remind_account') : '',
  ].filter((text) => text !== '')
}

function Enrolment({ model }: Props) {
  const t = useT()
  const { id, enrolledAt } = model.record
  return (
    <Card title={<Bilingual k="people.page.enrolment" />}>
      {enrolledAt > 0 ? (
        <Badge tone="ok">{t('people.page.enrolled', { count: enrolledAt })}</Badge>
      ) : (
        <>
          <Badge tone="warn">{t('people.page.enrolled_none')}</Badge>
          <p className="sub sm">{t('people.page.enrolled_none_means')}</p>
        </>
      )}
      {model.may.enrol ? (
        <p className="more">
          <ButtonLink to={`/people/${id}/enrol`} small>
            {t('people.page.enrol')}
          </ButtonLink>{' '}
          <ButtonLink to={`/people/${id}/alternate`} small>
            {t('alternates.title')}
          </ButtonLink>
        </p>
      ) : null}
    </Card>
  )
}

const accountTones: Readonly<Record<string, BadgeTone>> = {
  active: 'ok',
  locked: 'warn',
  slip_over: 'warn',
  slip: 'info',
}

function Account({ model, account }: Props & { account: AccountFacts }) {
  const t = useT()
  const key = `accounts.state.${account.state}`
  const kinds = account.waiting.map((kind) => {
    const name = `accounts.kind.${kind}`
    return t.has(name) ? t(name) : kind
  })
  return (
    <Card title={<Bilingual k="people.page.account" />}>
      <Badge tone={accountTones[account.state] ?? 'plain'}>{t.has(key) ? t(key) : account.state}</Badge>
      {account.state === 'none' ? <p className="sub sm">{t('people.page.account_none_means')}</p> : null}
      {kinds.length > 0 ? (
        <p className="sub sm">{t('people.page.account_waiting', { kinds: formatNames(kinds, t.locale) })}</p>
      ) : null}
      {account.rolesHold ? null : <p className="sub sm">{t('people.page.account_hold')}</p>}
      <AccountLines model={model} account={account} />
      <p className="more">
        <ButtonLink to={`/accounts/asked?person=${model.record.id}`} small>
          {t('people.page.account_open')}
        </ButtonLink>
      </p>
    </Card>
  )
}

function AccountLines({ model, account }: Props & { account: AccountFacts }) {
  const t = useT()
  const roles = account.roles.map((role) => {
    const key = `access.role.${role}`
    return t.has(key) ? t(key) : role
  })
  const until = (ms: number) => formatInstant(ms, model.zone, t.locale, 'day_time')
  return (
    <dl className="kv sm">
      {account.signIn ? (
        <>
          <dt>{t('people.page.account_number')}</dt>
          <dd>{account.signIn}</dd>
        </>
      ) : null}
      {roles.length > 0 ? (
        <>
          <dt>{t('people.page.account_roles')}</dt>
          <dd>{formatNames(roles, t.locale)}</dd>
        </>
      ) : null}
      {account.codeEndsAt ? (
        <dd className="two">{t('people.page.account_code', { day: until(account.codeEndsAt) })}</dd>
      ) : null}
      {account.lockedUntil ? (
        <dd className="two">{t('people.page.account_locked', { time: until(account.lockedUntil) })}</dd>
      ) : null}
    </dl>
  )
}

function Papers({ model }: Props) {
  const t = useT()
  const { record, day } = model
  const form = annualFormOf(record.identityKind)
  const year = Number(day.slice(0, 4))
  const years = [year, year - 1].filter((one) => servedIn(record, one))
  return (
    <Card title={<Bilingual k="people.page.papers" />}>
      {form === 'appraisal' ? (
        <p className="sub sm">{t('people.page.register_none')}</p>
      ) : (
        <ul className="doc">
          {years.map((one) => (
            <li key={one}>
              <span className="k">PDF</span>
              <a href={`/papers/register/${record.id}.pdf?year=${one}`} target="_blank" rel="noreferrer">
                {t('people.page.register', { year: one })}
              </a>
              <span className="d">{t(`people.page.register_kind.${form}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** Whether a posting held on some day of the year: only then there is a register to print. */
function servedIn({ postings }: PersonModel['record'], year: number): boolean {
  return postings.some(
    (one) => one.startsOn <= `${year}-12-31` && (one.endsOn === null || one.endsOn >= `${year}-01-01`),
  )
}
