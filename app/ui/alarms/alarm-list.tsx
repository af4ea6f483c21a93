import { Link } from '@remix-run/react'
import type { Action } from '#app/domain/access/can.ts'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { identityLines, meansOf, nextOf, titleOf, useInstant, whereOf } from './alarm-texts.ts'
import './alarms.css'

/** Alarms with what each means for people and what to do next. */
export function AlarmList({ alarms }: { alarms: readonly AlarmLine[] }) {
  return (
    <ul className="alm">
      {alarms.map((alarm) => (
        <AlarmItem key={alarm.id} alarm={alarm} />
      ))}
    </ul>
  )
}

function AlarmItem({ alarm }: { alarm: AlarmLine }) {
  const t = useT()
  const instant = useInstant()
  const where = whereOf(t, alarm)
  return (
    <li>
      <h3>
        <Badge tone={alarm.out ? 'bad' : 'warn'}>{titleOf(t, alarm)}</Badge>{' '}
        {alarm.sourceId === null ? where : <Link to={`/readers/${alarm.sourceId}`}>{where}</Link>}{' '}
        <span className="mut num">{t('alarms.since', { at: instant(alarm.openedMs) })}</span>
        {alarm.out ? <Badge tone="warn">{t('alarms.out')}</Badge> : null}
      </h3>
      <p>{meansOf(t, alarm)}</p>
      {identityLines(t, alarm).map((line) => (
        <p className="num" key={line}>
          {line}
        </p>
      ))}
      <p>
        <b>{t('alarms.next')}</b> {nextOf(t, alarm)}
      </p>
      <Acts alarm={alarm} about={`${where} ${titleOf(t, alarm)}`} />
    </li>
  )
}

type Act = { readonly intent: string; readonly id: string; readonly action: Action; readonly label: string }

function Acts({ alarm, about }: { alarm: AlarmLine; about: string }) {
  const t = useT()
  const may = useMay()
  const instant = useInstant()
  const { seen, kind, id, sourceId } = alarm
  const acts: Act[] = []
  if (kind === 'silent_when_busy')
    acts.push({ intent: 'works', id, action: 'outage.manage', label: t('alarms.works_act') })
  if (kind === 'identity_changed' && sourceId !== null)
    acts.push({ intent: 'accept', id: sourceId, action: 'readers.manage', label: t('alarms.accept_act') })
  if (seen === null) acts.push({ intent: 'seen', id, action: 'readers.read', label: t('alarms.seen_act') })
  const mine = acts.filter((act) => may(act.action))
  return (
    <div className="a">
      {mine.map(({ intent, id: target, label }) => (
        <ActForm key={intent} intent={intent} id={target} label={label} about={about} />
      ))}
      {seen === null ? null : (
        <span className="mut">
          {t('alarms.col.seen')} {t('alarms.seen_by', { name: seen.by, at: instant(seen.atMs) })}
        </span>
      )}
    </div>
  )
}

type ActFormProps = { intent: string; id: string; label: string; about: string }

/** One button that says what it does; whoever hears the page hears what it is about, too. */
export function ActForm({ intent, id, label, about }: ActFormProps) {
  const t = useT()
  return (
    <Form action="/readers/alarms">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      <Button small aria-label={t('alarms.act_for', { act: label, what: about })}>
        {label}
      </Button>
    </Form>
  )
}
