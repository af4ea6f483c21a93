import { type ReaderCard, type ReadersView, readerFigures } from '#app/domain/devices/readers-view.ts'
import { ButtonLink } from '#app/ui/button.tsx'
import { Empty, Heading } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'
import { ReaderArticle, signedSeconds } from './reader-article.tsx'
import { AgentsCard, KiosksCard, TemplateNote } from './readers-devices.tsx'
import { CommandsCard, DoubtfulCard, HappeningsCard } from './readers-lists.tsx'

/** The page of readers 设备: what stands where, whether it works, and what needs a look. */
export function ReadersPage({ view, manages }: { view: ReadersView; manages: boolean }) {
  const t = useT()
  const live = view.readers.filter((reader) => reader.badge !== 'retired')
  return (
    <div className="rd">
      <Heading title={<Bilingual k="devices.readers.title" />} facts={t('devices.readers.facts')}>
        <LiveRefresh href="/readers/events" everyMs={1500} />
        {manages ? (
          <>
            <ButtonLink to="/readers?act=pair-kiosk" small>
              {t('devices.readers.act.pair_kiosk')}
            </ButtonLink>
            <ButtonLink to="/readers?act=pair-agent" look="primary" small>
              {t('devices.readers.act.pair_agent')}
            </ButtonLink>
          </>
        ) : null}
      </Heading>
      <Figures readers={view.readers} />
      {live.length === 0 ? (
        <section className="card">
          <Empty title={t('devices.readers.empty.title')}>{t('devices.readers.empty.text')}</Empty>
        </section>
      ) : (
        <section className="card" aria-label={t('devices.readers.list')}>
          {view.readers.map((reader) => (
            <ReaderArticle key={reader.id} reader={reader} view={view} manages={manages} />
          ))}
        </section>
      )}
      <div className="lay">
        <div className="col">
          <HappeningsCard view={view} />
          <DoubtfulCard view={view} />
          {view.commands.length > 0 ? <CommandsCard view={view} /> : null}
        </div>
        <div className="col">
          <AgentsCard view={view} manages={manages} />
          <KiosksCard view={view} manages={manages} />
          <TemplateNote />
        </div>
      </div>
    </div>
  )
}

function Figures({ readers }: { readers: readonly ReaderCard[] }) {
  const t = useT()
  const { online, total, punches, queued, templates, drift } = readerFigures(readers)
  const off = drift !== null && Math.abs(drift.offsetMs) >= 30_000
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
        <dd>{templates}</dd>
      </div>
      <div>
        <dt>
          <Bilingual k="devices.readers.figures.drift" />
        </dt>
        {drift === null ? (
          <dd>{t('devices.readers.figures.none')}</dd>
        ) : (
          <dd className={off ? 't-warn' : ''}>
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
