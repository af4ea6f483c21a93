import { Fragment } from 'react'
import type { EnrolList, LeftTemplate, ReaderTable } from '#app/domain/devices/enrol-list.ts'
import { formatDay, formatInstant } from '#app/i18n/format.ts'
import type { Params } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { fingerName, nameOf, toldOf } from './texts.ts'

type PageProps = {
  list: EnrolList
  done: string | null
  refused: { readonly code: string; readonly facts: Params } | null
}

/** Who has no finger yet, one after the other; and what should not be in the readers any more. */
export function ListPage({ list, done, refused }: PageProps) {
  const t = useT()
  const doneKey = `enrolment.done.${done}`
  const told = refused === null ? null : toldOf(t, 'refused', refused.code, refused.facts)
  const first = list.missing[0]
  return (
    <div className="en-page">
      <Heading title={<Bilingual k="enrolment.list.title" />} facts={t('enrolment.list.facts')}>
        <LiveRefresh href="/people/enrol/events" catchUp />
        {first === undefined ? null : (
          <ButtonLink small look="primary" to={`/people/${first.id}/enrol`}>
            {t('enrolment.list.begin')}
          </ButtonLink>
        )}
      </Heading>
      <div className="en-notice">
        {t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
        {told === null ? null : (
          <Alert tone="warn" title={told.title} urgent>
            <p>{told.means}</p>
            <p>
              <b>{told.todo}</b>
            </p>
          </Alert>
        )}
      </div>
      <div className="en-two">
        <MissingCard list={list} />
        <div className="en-col">
          <LeftCard list={list} />
          {list.readers.map((reader) => (
            <TableCard key={reader.id} reader={reader} zone={list.zone} />
          ))}
        </div>
      </div>
    </div>
  )
}

function MissingCard({ list }: { list: EnrolList }) {
  const t = useT()
  const heads = ['person', 'number', 'window', 'since'] as const
  return (
    <Card title={<Bilingual k="enrolment.list.missing" />} extra={list.missing.length} padded={false}>
      {list.missing.length === 0 ? (
        <Empty title={t('enrolment.list.missing_none')} />
      ) : (
        <div className="en-scroll">
          <table className="tb">
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(`enrolment.list.${head}`)}
                  </th>
                ))}
                <th scope="col">{t('enrolment.consent.title')}</th>
                <th scope="col">
                  <span className="vh">{t('enrolment.list.enrol')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.missing.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <PersonName name={one.name} />
                  </th>
                  <td>{one.staffNumber}</td>
                  <td>{one.window ?? '—'}</td>
                  <td>{formatDay(one.startsOn, t.locale, 'full')}</td>
                  <td>
                    <Badge tone={one.consented ? 'ok' : 'none'}>
                      {t(one.consented ? 'enrolment.list.consented' : 'enrolment.list.not_consented')}
                    </Badge>
                  </td>
                  <td>
                    <ButtonLink small to={`/people/${one.id}/enrol`}>
                      {t('enrolment.list.enrol')}
                    </ButtonLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function LeftCard({ list }: { list: EnrolList }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="enrolment.list.left" />} extra={list.left.length}>
      {list.left.length === 0 ? <p className="sub">{t('enrolment.list.left_none')}</p> : null}
      <ul className="en-left">
        {list.left.map((one, index) => (
          <Fragment key={one.id}>
            {index > 0 && list.left[index - 1]?.personId === one.personId ? null : (
              <LeftPerson all={list.left} one={one} />
            )}
            <LeftLine one={one} />
          </Fragment>
        ))}
      </ul>
    </Card>
  )
}

/** Over somebody who has left: at how many readers a template is still owed. */
function LeftPerson({ all, one }: { all: readonly LeftTemplate[]; one: LeftTemplate }) {
  const t = useT()
  if (one.leftOn === null) return null
  const readers = new Set(all.filter((other) => other.personId === one.personId).map((other) => other.reader.name))
  return (
    <li className="en-who-left">
      <b>{t('enrolment.list.left_people', { name: nameOf(t, one), count: readers.size })}</b>
    </li>
  )
}

function LeftLine({ one }: { one: LeftTemplate }) {
  const t = useT()
  const { deletion, leftOn } = one
  const asked = deletion === 'running' || deletion === 'waiting'
  return (
    <li>
      <span>
        <b>{nameOf(t, one)}</b>{' '}
        <span className="sub sm">
          {leftOn === null
            ? t('enrolment.list.withdrawn')
            : t('enrolment.list.left_on', { day: formatDay(leftOn, t.locale, 'full') })}
        </span>
        <br />
        <span className="sm">
          {[nameOf(t, one.reader), t('enrolment.list.slot', { slot: one.slot }), fingerName(t, one.finger)].join(' · ')}
        </span>{' '}
        {deletion === null ? null : (
          <Badge tone={deletion === 'failed' ? 'bad' : 'warn'}>
            {t(`enrolment.stored.deletion.${deletion}`, { why: '' })}
          </Badge>
        )}
      </span>
      <span className="en-acts">
        {asked ? null : (
          <Form action="/people/enrol">
            <input type="hidden" name="person" value={one.personId} />
            <input type="hidden" name="enrolment" value={one.id} />
            <Button small look="danger" name="intent" value="delete">
              {t('enrolment.list.delete')}
            </Button>
          </Form>
        )}
        <ButtonLink small look="ghost" to={`/people/${one.personId}/enrol`}>
          {t('enrolment.list.open')}
        </ButtonLink>
      </span>
    </li>
  )
}

/** What the reader's own index table says beside the register. */
function TableCard({ reader, zone }: { reader: ReaderTable; zone: string }) {
  const t = useT()
  const read =
    reader.readMs === null
      ? t('enrolment.list.table_never')
      : t('enrolment.list.table_read', { time: formatInstant(reader.readMs, zone, t.locale, 'day_time') })
  return (
    <Card
      title={`${t('enrolment.list.unowned')} · ${nameOf(t, reader)}`}
      extra={<span className="sm">{read}</span>}
      footer={
        <Form action="/people/enrol">
          <input type="hidden" name="reader" value={reader.id} />
          <Button small name="intent" value="reread" disabled={!reader.readable}>
            {t('enrolment.list.reread')}
          </Button>
        </Form>
      }
    >
      {reader.readMs !== null && reader.unowned.length + reader.missing.length === 0 ? (
        <p className="sub">{t('enrolment.list.unowned_none')}</p>
      ) : null}
      {reader.missing.length === 0 ? null : (
        <Alert tone="warn" title={t('enrolment.list.missing_slots', { slots: reader.missing.join(', ') })} />
      )}
      {reader.unowned.length === 0 ? null : <p className="sub">{t('enrolment.list.unowned_text')}</p>}
      {reader.unowned.map((slot) => (
        <Form key={slot} action="/people/enrol">
          <input type="hidden" name="reader" value={reader.id} />
          <input type="hidden" name="slot" value={slot} />
          <p className="en-unowned">
            {t('enrolment.list.slot', { slot })}
            <Button small look="danger" name="intent" value="delete_unowned">
              {t('enrolment.list.delete')}
            </Button>
          </p>
        </Form>
      ))}
    </Card>
  )
}
