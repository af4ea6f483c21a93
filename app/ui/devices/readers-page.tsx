import { Link } from '@remix-run/react'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import { type ReaderCard, type ReadersView, readerFigures } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { AlarmList } from '#app/ui/alarms/alarm-list.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { levels, signedSeconds } from '#app/ui/readers/reader-numbers.tsx'
import { ReaderTabs } from '#app/ui/readers/reader-tabs.tsx'
import { pick } from './both.tsx'
import { ReaderArticle } from './reader-article.tsx'
import { AgentsCard, KiosksCard, TemplateNote } from './readers-devices.tsx'
import { CommandsCard, DoubtfulCard, HappeningsCard } from './readers-lists.tsx'

type PageProps = { view: ReadersView; alarms: readonly AlarmLine[]; manages: boolean }

/** The page of readers 设备: what stands where, whether it works, and what needs a look. */
export function ReadersPage({ view, alarms, manages }: PageProps) {
  const live = view.readers.filter((reader) => reader.badge !== 'retired')
  const retired = view.readers.filter((reader) => reader.badge === 'retired')
  return (
    <div className="rd">
      <Head view={view} />
      <ReaderTabs current="readers" />
      <Figures readers={view.readers} />
      <Alarms alarms={alarms} />
      <Cards readers={live} view={view} />
      <div className="lay">
        <div className="col">
          <HappeningsCard view={view} />
          {view.commands.length > 0 ? <CommandsCard view={view} /> : null}
        </div>
        <div className="col">
          <DoubtfulCard view={view} />
          <AgentsCard view={view} manages={manages} />
          <KiosksCard view={view} manages={manages} />
          <TemplateNote />
        </div>
      </div>
      <Retired readers={retired} />
    </div>
  )
}

function Head({ view }: { view: ReadersView }) {
  const t = useT()
  const may = useMay()
  const heard = Math.max(0, ...view.agents.map((agent) => agent.seenMs ?? 0))
  const time = heard === 0 ? null : formatInstant(heard, view.zone, t.locale, 'second')
  const facts = [time === null ? null : t('readerPage.heard', { time }), t('devices.readers.facts')]
  return (
    <Heading
      title={<Bilingual k="devices.readers.title" />}
      facts={facts.filter(Boolean).join(t.locale === 'en' ? ' ' : '')}
    >
      <LiveRefresh href="/readers/events" everyMs={1500} />
      {may('readers.import') ? (
        <ButtonLink to="/readers/import" small>
          {t('readerPage.head.import')}
        </ButtonLink>
      ) : null}
      {may('outage.manage') ? (
        <ButtonLink to="/readers/alarms#outage" small>
          {t('readerPage.head.outage')}
        </ButtonLink>
      ) : null}
      {may('readers.manage') ? (
        <ButtonLink to="/readers?act=add" look="primary" small>
          {t('readerPage.head.add')}
        </ButtonLink>
      ) : null}
    </Heading>
  )
}

function Cards({ readers, view }: { readers: readonly ReaderCard[]; view: ReadersView }) {
  const t = useT()
  if (readers.length === 0) {
    return (
      <section className="card">
        <Empty title={t('devices.readers.empty.title')}>{t('devices.readers.empty.text')}</Empty>
      </section>
    )
  }
  return (
    <section className="card" aria-label={t('devices.readers.list')}>
      {readers.map((reader) => (
        <ReaderArticle key={reader.id} reader={reader} view={view} />
      ))}
    </section>
  )
}

const shownAlarms = 3

/** What is wrong now, the newest first; the page of alarms has all of it. */
function Alarms({ alarms }: { alarms: readonly AlarmLine[] }) {
  const t = useT()
  if (alarms.length === 0) return null
  const all = <Link to="/readers/alarms">{t('readerPage.alarms_all', { count: alarms.length })}</Link>
  return (
    <div className="alarms">
      <Card title={<Bilingual k="readerPage.alarms" />} extra={all} padded={false}>
        <AlarmList alarms={alarms.slice(0, shownAlarms)} />
      </Card>
    </div>
  )
}

/** Out of use, kept for what they recorded. */
function Retired({ readers }: { readers: readonly ReaderCard[] }) {
  const t = useT()
  if (readers.length === 0) return null
  return (
    <details className="card gone">
      <summary>{t('readerPage.retired', { count: readers.length })}</summary>
      <ul className="devs">
        {readers.map((reader) => (
          <li key={reader.id}>
            <Link to={`/readers/${reader.id}`}>{pick(t, reader.name, reader.nameEn)}</Link>
            <span className="mut">{t('readerPage.card.serial', { serial: reader.serial })}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Figures({ readers }: { readers: readonly ReaderCard[] }) {
  const t = useT()
  const { online, total, punches, queued, templates, enrolled, drift } = readerFigures(readers)
  return (
    <dl className="card kpi">
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.online" />
        </dt>
        <dd className={online < total ? 't-warn' : ''}>
          {online}
          <small> {t('devices.readers.figures.of', { total })}</small>
        </dd>
      </div>
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.punches" />
        </dt>
        <dd>{punches}</dd>
      </div>
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.queued" />
        </dt>
        <dd className={queued > 0 ? 't-warn' : ''}>{queued}</dd>
      </div>
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.templates" />
        </dt>
        <dd className={templates === enrolled ? '' : 't-warn'}>
          {templates} <small>{t('readerPage.expected', { count: enrolled })}</small>
        </dd>
      </div>
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.drift" />
        </dt>
        {drift === null ? (
          <dd>{t('devices.readers.figures.none')}</dd>
        ) : (
          <dd className={drift.clock === 'fine' ? '' : levels[drift.clock]}>
            {signedSeconds(drift.offsetMs)}
            <small>
              {' '}
              {t('devices.readers.figures.seconds', { count: '' })} · {pick(t, drift.reader.name, drift.reader.nameEn)}
            </small>
          </dd>
        )}
      </div>
    </dl>
  )
}
