import type { EnrolView, StoredFinger } from '#app/domain/devices/enrol-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { fingerName, nameOf } from './texts.ts'

const tones: Readonly<Record<NonNullable<StoredFinger['deletion']>, BadgeTone>> = {
  waiting: 'warn',
  running: 'info',
  failed: 'bad',
  proved: 'plain',
  unproved: 'warn',
}

/** What lies in which reader for this person, and how far each deletion has come. */
export function StoredCard({ view, path }: { view: EnrolView; path: string }) {
  const t = useT()
  const heads = ['finger', 'reader', 'slot', 'since', 'state'] as const
  return (
    <Card title={<Bilingual k="enrolment.stored.title" />} padded={view.stored.length === 0}>
      {view.stored.length === 0 ? (
        <p className="sub">{t('enrolment.stored.none')}</p>
      ) : (
        <div className="en-scroll">
          <table className="tb">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(`enrolment.stored.${head}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="vh">{t('enrolment.stored.ask_delete')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {view.stored.map((one) => (
                <StoredRow key={one.id} one={one} zone={view.zone} path={path} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function StoredRow({ one, zone, path }: { one: StoredFinger; zone: string; path: string }) {
  const t = useT()
  const time = (ms: number) => formatInstant(ms, zone, t.locale, 'day_time')
  const known = `devices.command.known.${one.why}`
  const why = t.has(known) ? t(known) : (one.why ?? '')
  return (
    <tr>
      <th scope="row">{fingerName(t, one.finger)}</th>
      <td>{nameOf(t, one.reader)}</td>
      <td>{one.slot.padStart(3, '0')}</td>
      <td>
        {time(one.startsMs)}
        {one.endsMs === null ? null : ` – ${time(one.endsMs)}`}
      </td>
      <td>
        {one.deletion === null ? (
          <Badge tone="ok">{t('enrolment.stored.in_use')}</Badge>
        ) : (
          <Badge tone={tones[one.deletion]}>{t(`enrolment.stored.deletion.${one.deletion}`, { why })}</Badge>
        )}
      </td>
      <td className="en-acts">
        {one.deletion === null ? (
          <ButtonLink small to={`${path}?ask=delete&enrolment=${one.id}`}>
            {t('enrolment.stored.ask_delete')}
          </ButtonLink>
        ) : null}
        {one.deletion === 'failed' || one.deletion === 'unproved' ? (
          <Form action={path}>
            <input type="hidden" name="enrolment" value={one.id} />
            <Button small name="intent" value="delete">
              {t('enrolment.stored.again')}
            </Button>
          </Form>
        ) : null}
        <ButtonLink small look="ghost" to={`${path}/receipt?enrolment=${one.id}`}>
          {t('enrolment.stored.receipt')}
        </ButtonLink>
      </td>
    </tr>
  )
}
