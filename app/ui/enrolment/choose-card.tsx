import type { EnrolReader, EnrolView } from '#app/domain/devices/enrol-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Hands } from './hands.tsx'
import { fingerName, nameOf } from './texts.ts'

/** Step 2: which finger, and at which reader; only one that can be used now can be chosen. */
export function ChooseCard({ view, path }: { view: EnrolView; path: string }) {
  const t = useT()
  const running = view.attempt !== null && view.attempt.phase !== 'over'
  const { finger, sourceId } = view.chosen
  const here = view.stored.filter((one) => one.endsMs === null && one.finger !== null)
  const to = (other: number) => `${path}?finger=${other}${sourceId === null ? '' : `&reader=${sourceId}`}`
  const storedHere = here.filter((one) => one.sourceId === sourceId).map((one) => one.finger ?? 0)
  return (
    <Card title={<Bilingual k="enrolment.choose.title" />}>
      <Hands chosen={finger} stored={storedHere} to={running ? null : to} />
      <p className="sm sub">{t(running ? 'enrolment.choose.running' : 'enrolment.choose.hint')}</p>
      {running ? null : <StartForm view={view} path={path} />}
    </Card>
  )
}

function StartForm({ view, path }: { view: EnrolView; path: string }) {
  const t = useT()
  const { finger, sourceId } = view.chosen
  const usable = view.readers.filter((reader) => reader.readable)
  const chosen = usable.find((reader) => reader.id === sourceId) ?? usable[0]
  const ready = view.consent?.holds === true && !view.person.left && chosen !== undefined
  return (
    <Form action={path}>
      <input type="hidden" name="finger" value={finger} />
      <fieldset className="en-readers">
        <legend className="sm sub">{t('enrolment.choose.reader')}</legend>
        {view.readers.map((reader) => (
          <ReaderChoice key={reader.id} reader={reader} chosen={reader.id === chosen?.id} />
        ))}
      </fieldset>
      {usable.length === 0 ? <NoReader none={view.readers.length === 0} /> : null}
      <p>
        <Button look="primary" name="intent" value="start" disabled={!ready}>
          {t('enrolment.choose.start', { finger: fingerName(t, finger) })}
        </Button>
      </p>
    </Form>
  )
}

function NoReader({ none }: { none: boolean }) {
  const t = useT()
  const key = none ? 'no_readers' : 'none_readable'
  return (
    <Alert tone="warn" title={t(`enrolment.choose.${key}`)}>
      {t(`enrolment.choose.${key}_means`)}
    </Alert>
  )
}

function ReaderChoice({ reader, chosen }: { reader: EnrolReader; chosen: boolean }) {
  const t = useT()
  const { readable, busyWith, templates, capacity } = reader
  const room = t('enrolment.choose.free', { count: templates ?? '—', capacity: capacity ?? '—' })
  const busy = busyWith === null ? room : t('enrolment.choose.busy', { name: nameOf(t, busyWith) })
  const why = t('enrolment.choose.away', { why: t(`enrolment.choose.why.${reader.badge}`) })
  return (
    <label className={readable ? '' : 'off'}>
      <input type="radio" name="reader" value={reader.id} defaultChecked={chosen} disabled={!readable} />
      <span>
        <b>{nameOf(t, reader)}</b> {nameOf(t, { name: reader.place, nameEn: reader.placeEn })}
        <small className={readable && busyWith === null ? '' : 't-warn'}>{readable ? busy : why}</small>
      </span>
    </label>
  )
}
