import { Link } from '@remix-run/react'
import type { PageSlot, PageSlots, ReaderPage } from '#app/domain/devices/reader-page.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { fingerName } from '#app/ui/enrolment/texts.ts'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from './may.ts'

/** The module's index table against the database, and what can be done where they differ. */
export function SlotsCard({ page, slots }: { page: ReaderPage; slots: PageSlots }) {
  const t = useT()
  const { reader, zone } = page
  const { readMs, taken, takenCount, enrolled, people } = slots
  const agrees = slots.unknown.length + slots.missing.length + slots.left.length === 0
  return (
    <Card title={<Bilingual k="readerPage.slots.title" />}>
      <p>
        {readMs === null
          ? t('readerPage.slots.never', { enrolled, people })
          : t('readerPage.slots.read', {
              time: formatInstant(readMs, zone, t.locale),
              count: takenCount,
              capacity: reader.capacity ?? '—',
              enrolled,
              people,
            })}
      </p>
      {taken === '' ? null : <p className="mut slots">{t('readerPage.slots.taken', { taken })}</p>}
      {readMs !== null && agrees ? <Alert tone="ok" title={t('readerPage.slots.agrees')} /> : null}
      <Heap kind="unknown" slots={slots.unknown} page={page} />
      <Heap kind="missing" slots={slots.missing} page={page} />
      <Heap kind="left" slots={slots.left} page={page} />
      <ReadAgain page={page} />
    </Card>
  )
}

function ReadAgain({ page }: { page: ReaderPage }) {
  const t = useT()
  const may = useMay()
  if (!page.reader.reachable || !(may('readers.manage') || may('enrolment.manage'))) return null
  return (
    <Form action={`/readers/${page.reader.id}`}>
      <p className="acts">
        <Button small name="intent" value="index" disabled={page.reading}>
          {t(page.reading ? 'readerPage.slots.reading' : 'readerPage.slots.again')}
        </Button>
      </p>
    </Form>
  )
}

type HeapKind = 'unknown' | 'missing' | 'left'

function Heap({ kind, slots, page }: { kind: HeapKind; slots: readonly PageSlot[]; page: ReaderPage }) {
  const t = useT()
  const may = useMay()
  if (slots.length === 0) return null
  const names = may('enrolment.manage')
  return (
    <section className="heap">
      <h3>{t(`readerPage.slots.${kind}`, { count: slots.length })}</h3>
      <p className="mut">{t(names ? `readerPage.slots.${kind}_note` : `readerPage.slots.${kind}_plain`)}</p>
      {names ? (
        <ul className="devs">
          {slots.map((slot) => (
            <li key={slot.slot}>
              <span>
                <b>{t('readerPage.slots.number', { slot: slot.slot })}</b> <Whose slot={slot} />
              </span>
              <Repair kind={kind} slot={slot} page={page} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="slots">{slots.map((one) => one.slot).join(', ')}</p>
      )}
    </section>
  )
}

function Whose({ slot }: { slot: PageSlot }) {
  const t = useT()
  const { person, finger, punches } = slot
  if (person === null) {
    return <span className="mut">{punches > 0 ? t('readerPage.slots.punches', { count: punches }) : null}</span>
  }
  return (
    <>
      <Link to={`/people/${person.id}/enrol`}>{pick(t, person.name, person.nameEn)}</Link>{' '}
      {finger === null ? null : <span className="mut">{fingerName(t, finger)}</span>}
    </>
  )
}

type RepairProps = { kind: HeapKind; slot: PageSlot; page: ReaderPage }

/** What can be done about one slot; deleting and ending are asked about first, on this page. */
function Repair({ kind, slot, page }: RepairProps) {
  const t = useT()
  const { reader } = page
  const ask = (act: string) => `/readers/${reader.id}?ask=${act}&slot=${slot.slot}#ask`
  if (kind === 'missing') {
    return (
      <span className="acts">
        {page.copies && slot.copyFrom !== null ? (
          <ButtonLink small to={ask('restore')}>
            {t('readerPage.slots.restore', { reader: pick(t, slot.copyFrom.name, slot.copyFrom.nameEn) })}
          </ButtonLink>
        ) : null}
        <ButtonLink small look="danger" to={ask('lost')}>
          {t('readerPage.slots.lost')}
        </ButtonLink>
      </span>
    )
  }
  return (
    <span className="acts">
      {kind === 'unknown' ? (
        <ButtonLink small to={`/readers/doubtful?show=parked&of=${reader.id}&number=${slot.slot}`}>
          {t('readerPage.slots.claim')}
        </ButtonLink>
      ) : null}
      <ButtonLink small look="danger" to={ask(kind === 'left' ? 'delete_left' : 'delete')}>
        {t('readerPage.slots.delete')}
      </ButtonLink>
    </span>
  )
}
