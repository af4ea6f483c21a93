import { Link } from '@remix-run/react'
import { Fragment, type ReactNode } from 'react'
import { daysBetween } from '#app/domain/time/day.ts'
import { nameSeparator } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { currentPosting, dueSoonDays, heldOn, lengthText, rareShapes } from './person-model.ts'
import type { PersonModel } from './person-page.tsx'
import { kindText, pick, postText, readingText, stateText } from './words.ts'

export type Reveal = { readonly field: 'phone' | 'idNumber'; readonly value: string | null }

type Props = { model: PersonModel }

export function PersonHead({ model }: Props) {
  const t = useT()
  const { record, may } = model
  return (
    <section className="card ph" aria-label={record.name}>
      <Tile model={model} />
      <div className="who-is">
        <h1>
          <PersonName name={record.name} /> <span className="en">{spelling(t, model)}</span>
        </h1>
        <Facts model={model} />
        <Badges model={model} />
      </div>
      {may.manage ? (
        <div className="ph-acts acts">
          <ButtonLink to={`/people/${record.id}/edit`} look="primary" small>
            {t('people.page.edit')}
          </ButtonLink>
          <ButtonLink to={`/people/${record.id}?act=start_post`} small>
            {t('people.act.start_post')}
          </ButtonLink>
        </div>
      ) : null}
    </section>
  )
}

/** The reading, and how each rare character is made up. */
function spelling(t: T, { record, shapes }: PersonModel): string {
  const said = rareShapes(record.name).map(({ character, code }) => {
    const parts = shapes.find((one) => one.character === character)?.parts ?? []
    const key = parts.length > 0 ? 'people.page.shape_parts' : 'people.page.shape'
    return t(key, { character, code, parts: parts.join('+') })
  })
  const note = record.nameNote ? [record.nameNote] : said
  return [t.locale === 'en' ? record.nameEn : readingText(record.reading), ...note].filter(Boolean).join('　')
}

function Tile({ model }: Props) {
  const t = useT()
  const { record, day } = model
  const held = heldOn(record, day)
  const post = held.find((one) => one.window !== null) ?? held[0]
  const key = `attendance.post.${post?.post}`
  if (!post?.window)
    return (
      <div className="tile none">
        <b>{post && t.has(key) ? t(key) : '–'}</b>
        <span>{t('people.page.no_window')}</span>
      </div>
    )
  return (
    <div className="tile">
      <b>{post.window.number}</b>
      <span>{pick(t, post.window.name, post.window.nameEn)}</span>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span>
      {label} <b>{children}</b>
    </span>
  )
}

function Facts({ model }: Props) {
  const t = useT()
  const { record, day, partners } = model
  const posting = currentPosting(record, day)
  const held = heldOn(record, day)
  const chiefOf = record.chiefs.map((one) => one.window.number)
  return (
    <div className="f">
      <Fact label={t('people.page.number')}>{record.staffNumber}</Fact>
      {held.map((one) => (
        <span key={one.id}>{postText(t, one, chiefOf)}</span>
      ))}
      {partners.length > 0 ? (
        <span>
          {t('people.page.ab_partner')}
          {partners.map((one, index) => (
            <Fragment key={one.id}>
              {index > 0 ? nameSeparator(t.locale) : ' '}
              <Link to={`/people/${one.id}`}>{pick(t, one.name, one.nameEn)}</Link>
            </Fragment>
          ))}
        </span>
      ) : null}
      {posting ? <Fact label={t('people.page.unit')}>{pick(t, posting.unit.name, posting.unit.nameEn)}</Fact> : null}
      <Fact label={t('people.page.kind')}>{kindText(t, record.identityKind)}</Fact>
      {posting ? (
        <Fact label={t('people.page.since')}>
          {posting.startsOn <= day
            ? t('people.page.since_for', { day: posting.startsOn, length: lengthText(t, posting.startsOn, day) })
            : posting.startsOn}
        </Fact>
      ) : null}
      <Phone model={model} />
    </div>
  )
}

function Phone({ model }: Props) {
  const t = useT()
  const { personnel } = model.record
  if (!personnel) return null
  return (
    <span className="phone">
      {t('people.page.phone')} <Sealed model={model} field="phone" masked={personnel.phoneMasked} />
    </span>
  )
}

type SealedProps = Props & { field: 'phone' | 'idNumber'; masked: string | null }

/** A number with its middle hidden; looking at the whole of it is an act that is recorded. */
export function Sealed({ model, field, masked }: SealedProps) {
  const t = useT()
  const { revealed, may } = model
  if (masked === null) return <span className="mut">{t('people.page.no_phone')}</span>
  if (revealed?.field === field)
    return (
      <>
        <b>{revealed.value ?? t('people.page.reveal_none')}</b>{' '}
        <span className="sub sm" role="status">
          {t('people.page.revealed')}
        </span>
      </>
    )
  return (
    <>
      <b className="nw">{masked}</b>
      {may.reveal ? (
        <Form action={`/people/${model.record.id}?view=${model.view}`}>
          <input type="hidden" name="field" value={field} />
          <Button look="ghost" small name="intent" value="reveal">
            {t('people.page.reveal')}
          </Button>
        </Form>
      ) : null}
    </>
  )
}

function Badges({ model }: Props) {
  const t = useT()
  return (
    <div className="bs">
      {badgesOf(t, model).map(({ tone, text }) => (
        <Badge key={text} tone={tone}>
          {text}
        </Badge>
      ))}
    </div>
  )
}

const tones = { serving: 'ok', coming: 'info', left: 'plain', unposted: 'warn' } as const

function badgesOf(t: T, { record, day, missing }: PersonModel): { tone: BadgeTone; text: string }[] {
  const posting = currentPosting(record, day)
  const last = record.postings[0]
  const state =
    record.state === 'coming' && posting
      ? t('people.page.coming', { day: posting.startsOn })
      : record.state === 'left' && last?.endsOn
        ? t('people.page.left', { day: last.endsOn })
        : stateText(t, record.state)
  const badges: { tone: BadgeTone; text: string }[] = [{ tone: tones[record.state], text: state }]
  const due = posting?.dueOn && posting.endsOn === null ? daysBetween(day, posting.dueOn) : null
  if (due !== null && due <= dueSoonDays) badges.push({ tone: 'warn', text: dueText(t, due) })
  if (rareShapes(record.name).length > 0 && missing.length === 0)
    badges.push({ tone: 'plain', text: t('people.page.rare') })
  if (missing.length > 0)
    badges.push({ tone: 'warn', text: t('people.page.no_glyph', { characters: missing.join('') }) })
  return badges
}

function dueText(t: T, due: number): string {
  if (due === 0) return t('people.page.due_today')
  return due > 0 ? t('people.page.due_in', { count: due }) : t('people.page.due_over', { count: -due })
}
