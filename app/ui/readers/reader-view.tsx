import { Link } from '@remix-run/react'
import type { AlarmLine } from '#app/domain/devices/alarm-view.ts'
import type { ReaderPage } from '#app/domain/devices/reader-page.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { AlarmList } from '#app/ui/alarms/alarm-list.tsx'
import { Alert, Consequence } from '#app/ui/alert.tsx'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { DayBar, tones } from '#app/ui/devices/reader-article.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { type Ask, AskCard } from './ask-card.tsx'
import { DaysCard } from './days-card.tsx'
import { useMay } from './may.ts'
import { ReaderNumbers } from './reader-numbers.tsx'
import { ReaderTabs } from './reader-tabs.tsx'
import { SelfTestCard } from './self-test-card.tsx'
import { IdentityCard, OutagesCard, StoriesCard, StrangerAlert } from './side-cards.tsx'
import { SlotsCard } from './slots-card.tsx'
import { troubleText } from './trouble-text.ts'

type ViewProps = {
  page: ReaderPage
  alarms: readonly AlarmLine[]
  ask: Ask | null
  done: string | null
  refused: string | null
}

/** One reader or terminal, everything that is known of it and can be done about it. */
export function ReaderView({ page, alarms, ask, done, refused }: ViewProps) {
  const t = useT()
  const { slots, reader } = page
  return (
    <div className="rd rp">
      <Head page={page} />
      <ReaderTabs current="readers" />
      <Told done={done} refused={refused} />
      <StrangerAlert page={page} />
      {alarms.length === 0 ? null : (
        <div className="alarms">
          <Card padded={false}>
            <AlarmList alarms={alarms} />
          </Card>
        </div>
      )}
      {ask === null ? null : <AskCard ask={ask} page={page} />}
      <div className="lay">
        <div className="col">
          <NowCard page={page} />
          {reader.kind === 'reader' ? (
            <div id="test">
              <SelfTestCard page={page} />
            </div>
          ) : null}
          {slots === null ? null : (
            <div id="slots">
              <SlotsCard page={page} slots={slots} />
            </div>
          )}
          <DaysCard days={page.days} />
        </div>
        <div className="col">
          <HelpCard page={page} />
          <IdentityCard page={page} />
          <OutagesCard page={page} />
          {reader.kind === 'reader' ? <StoriesCard page={page} /> : null}
        </div>
      </div>
      <p>
        <Link to="/readers">{t('devices.readers.act.back')}</Link>
      </p>
    </div>
  )
}

function Head({ page }: { page: ReaderPage }) {
  const t = useT()
  const may = useMay()
  const { reader } = page
  const { badge, silentMinutes } = reader
  const manages = may('readers.manage') && reader.kind === 'reader'
  const place = pick(t, reader.place, reader.placeEn)
  const facts = [place, reader.zone, t('readerPage.card.serial', { serial: reader.serial })].filter(Boolean).join(' · ')
  return (
    <Heading
      title={
        <>
          {pick(t, reader.name, reader.nameEn)}{' '}
          <Badge tone={tones[badge]}>{t(`devices.readers.badge.${badge}`, { minutes: silentMinutes })}</Badge>
        </>
      }
      facts={facts}
    >
      <LiveRefresh href="/readers/events" everyMs={1500} />
      {reader.kind === 'terminal' ? (
        <ButtonLink small to="/readers/terminals">
          {t('readerPage.terminals')}
        </ButtonLink>
      ) : null}
      {manages ? (
        <ButtonLink small to={`/readers?act=name-reader&id=${reader.id}`}>
          {t('devices.readers.act.name')}
        </ButtonLink>
      ) : null}
      {manages ? (
        <ButtonLink small to={`/readers/${reader.id}?ask=${badge === 'retired' ? 'bring_back' : 'retire'}#ask`}>
          {t(badge === 'retired' ? 'readerPage.bring_back' : 'readerPage.retire')}
        </ButtonLink>
      ) : null}
    </Heading>
  )
}

function Told({ done, refused }: { done: string | null; refused: string | null }) {
  const t = useT()
  const doneKey = `readerPage.done.${done}`
  const refusedKey = `readerPage.refused.${refused}`
  return (
    <div className="rd-top">
      {t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
      {t.has(refusedKey) ? <Alert tone="warn" title={t(refusedKey)} urgent /> : null}
    </div>
  )
}

function NowCard({ page }: { page: ReaderPage }) {
  const t = useT()
  const { reader, zone, nowMs, lastErrorMs, agentVersion } = page
  const { model, firmware, dialect, agent, lastError, lastPunchMs, address } = reader
  const none = t('devices.readers.none')
  const errorTime = lastErrorMs === null ? '' : formatInstant(lastErrorMs, zone, t.locale)
  const facts = [
    { key: 'last', value: lastPunchMs === null ? none : formatInstant(lastPunchMs, zone, t.locale, 'full') },
    { key: 'firmware', value: [model, firmware].filter(Boolean).join(' · ') || t('readerPage.card.firmware_unsaid') },
    { key: 'dialect', value: dialect },
    { key: 'address', value: address },
    { key: 'agent', value: [agent, agentVersion].filter(Boolean).join(' · ') || null },
    { key: 'error', value: lastError === null ? none : `${errorTime} ${troubleText(t, lastError)}` },
  ] as const
  return (
    <Card title={<Bilingual k="readerPage.now.title" />}>
      <ReaderNumbers reader={reader} zone={zone} nowMs={nowMs} />
      <DayBar reader={reader} name={pick(t, reader.name, reader.nameEn)} />
      <dl className="kv">
        {facts.map(({ key, value }) =>
          value === null ? null : (
            <div key={key}>
              <dt>{t(`readerPage.now.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      {reader.emulated ? <p className="mut">{t('devices.readers.emulated_note')}</p> : null}
    </Card>
  )
}

const helps = { offline: 3, silent: 3, fault: 3, unknown: 3, clock: 3 } as const

/** What to check, in the order in which it usually helps; only for a reader that needs it. */
function HelpCard({ page }: { page: ReaderPage }) {
  const t = useT()
  const { badge, kind } = page.reader
  if (badge === 'online' || badge === 'retired') return null
  const state = kind === 'terminal' && badge !== 'clock' ? 'terminal' : badge
  const count = state === 'terminal' ? 3 : helps[state]
  return (
    <div id={badge === 'clock' ? 'clock' : 'help'}>
      <Card title={t(`readerPage.help.${state}.title`)}>
        <ul className="cons">
          {Array.from({ length: count }, (_, index) => `readerPage.help.${state}.line${index + 1}`).map((key) =>
            t.has(key) ? (
              <Consequence key={key} tone="info">
                {t(key)}
              </Consequence>
            ) : null,
          )}
        </ul>
      </Card>
    </div>
  )
}
