import type { PageIdentity, ReaderPage } from '#app/domain/devices/reader-page.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { stepText } from '#app/ui/devices/step-text.ts'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from './may.ts'
import { troubleText } from './trouble-text.ts'

type Shown = { page: ReaderPage }

function identityText(t: T, { model, firmware, moduleSerial }: PageIdentity): string {
  const parts = [
    model,
    firmware === null ? null : t('readerPage.card.firmware', { firmware }),
    moduleSerial === null ? null : t('readerPage.card.serial', { serial: moduleSerial }),
  ].filter(Boolean)
  return parts.length === 0 ? t('readerPage.identity.unsaid') : parts.join(' · ')
}

/** Another module than before answers: somebody must say that it is meant to be there, because its slots may be other people's. */
export function StrangerAlert({ page }: Shown) {
  const t = useT()
  const may = useMay()
  const [newest] = page.identities
  if (newest === undefined || newest.acceptedMs !== null) return null
  const before = page.identities.find((one) => one.acceptedMs !== null)
  return (
    <div id="identity">
      <Alert tone="bad" title={t('readerPage.identity.changed')} urgent>
        <p>
          {t('readerPage.identity.now', { said: identityText(t, newest) })}
          <br />
          {before === undefined ? null : t('readerPage.identity.before', { said: identityText(t, before) })}
        </p>
        <p>{t('readerPage.identity.means')}</p>
        {may('readers.manage') ? (
          <Form action={`/readers/${page.reader.id}`}>
            <Button small name="intent" value="accept">
              {t('readerPage.identity.accept')}
            </Button>
          </Form>
        ) : (
          <p>{t('readerPage.identity.who')}</p>
        )}
      </Alert>
    </div>
  )
}

export function IdentityCard({ page }: Shown) {
  const t = useT()
  const at = (ms: number) => formatInstant(ms, page.zone, t.locale)
  return (
    <Card title={<Bilingual k="readerPage.identity.title" />}>
      {page.identities.length === 0 ? <p className="mut">{t('readerPage.identity.none')}</p> : null}
      <ul className="plain">
        {page.identities.map((one) => (
          <li key={one.id}>
            {identityText(t, one)}
            <br />
            <span className="mut">
              {t('readerPage.identity.seen', { time: at(one.seenMs) })} · {acceptedText(t, one, at)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function acceptedText(t: T, { acceptedMs, acceptedBy }: PageIdentity, at: (ms: number) => string): string {
  if (acceptedMs === null) return t('readerPage.identity.waits')
  if (acceptedBy === null) return t('readerPage.identity.by_itself')
  return t('readerPage.identity.accepted', { name: acceptedBy, time: at(acceptedMs) })
}

/** Times in which nobody is charged with what this reader did not record. */
export function OutagesCard({ page }: Shown) {
  const t = useT()
  const { outages, zone } = page
  const at = (ms: number) => formatInstant(ms, zone, t.locale)
  return (
    <Card title={<Bilingual k="readerPage.outages.title" />}>
      {outages.length === 0 ? <p className="mut">{t('readerPage.outages.none')}</p> : null}
      <ul className="plain">
        {outages.map((one) => (
          <li key={one.id}>
            {one.endsMs === null
              ? t('devices.readers.outage_open', { from: at(one.startsMs) })
              : t('devices.readers.outage', { from: at(one.startsMs), to: at(one.endsMs) })}
            <br />
            <span className="mut">
              {troubleText(t, one.reason)} ·{' '}
              {t(one.confirmed ? 'devices.readers.outage_confirmed' : 'readerPage.outages.waits')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** What was asked of the reader lately, and what its agent told. */
export function StoriesCard({ page }: Shown) {
  const t = useT()
  return (
    <Card title={<Bilingual k="devices.readers.command.title" />}>
      {page.commands.length === 0 ? <p className="mut">{t('readerPage.stories.none')}</p> : null}
      <ul className="plain">
        {page.commands.map((command) => {
          const key = `devices.readers.command.${command.kind}`
          return (
            <li key={command.id}>
              <b>{t.has(key) ? t(key) : command.kind}</b>{' '}
              <span className="mut">
                {formatInstant(command.createdMs, page.zone, t.locale)} · {t(`devices.command.state.${command.state}`)}
              </span>
              <br />
              {command.steps.map((step) => stepText(t, step)).join(' → ')}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
