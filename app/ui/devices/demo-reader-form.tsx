import { Link } from '@remix-run/react'
import { type PressWay, pressWays } from '#app/domain/devices/command.ts'
import type { DemoPerson, DemoView } from '#app/domain/devices/demo-view.ts'
import { fingers } from '#app/domain/devices/enrol-attempt.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

/** Whose finger, which reader, and how: native radio buttons and one button for each way, all reachable by keyboard. */
export function DemoForm({ view, csrf }: { view: DemoView; csrf: string }) {
  const t = useT()
  const chosen = view.readers.find((reader) => reader.id === view.chosen.sourceId) ?? view.readers[0]
  return (
    <div className="col">
      <SearchForm view={view} />
      <Form csrf={csrf} action="/demo/reader" document={false}>
        <input type="hidden" name="q" value={view.search} />
        <People view={view} />
        <Card title={<Bilingual k="devices.demo.reader" />}>
          <div className="dm-readers">
            {view.readers.map((reader) => (
              <label key={reader.id} className="dm-choice">
                <input type="radio" name="reader" value={reader.id} defaultChecked={reader.id === chosen?.id} />
                <b>{pick(t, reader.name, reader.nameEn)}</b>{' '}
                <span className="mut">{pick(t, reader.place, reader.placeEn)}</span>{' '}
                <Badge tone={reader.badge === 'online' ? 'ok' : 'warn'}>
                  {t(`devices.readers.badge.${reader.badge}`, { minutes: '' })}
                </Badge>
              </label>
            ))}
          </div>
        </Card>
        <Card title={<Bilingual k="devices.demo.press" />}>
          <Field as="select" name="finger" label={t('devices.demo.finger')} defaultValue={view.chosen.finger ?? ''}>
            <option value="">{t('devices.demo.finger_enrolled')}</option>
            {fingers.map((finger) => (
              <option key={finger} value={finger}>
                {t(`enrolment.finger.f${finger}`)}
              </option>
            ))}
          </Field>
          <div className="dm-ways">
            {ways.map((way) => (
              <Button key={way} name="how" value={way} {...(way === 'good' ? { look: 'primary' as const } : {})}>
                {t(`devices.demo.how.${way}`)}
              </Button>
            ))}
          </div>
        </Card>
      </Form>
    </div>
  )
}

const ways: readonly (PressWay | 'unknown')[] = [...pressWays.slice(0, 3), 'unknown', ...pressWays.slice(3)]

function SearchForm({ view }: { view: DemoView }) {
  const t = useT()
  const { personId, sourceId } = view.chosen
  return (
    <form method="get" action="/demo/reader" className="dm-search">
      {personId === null ? null : <input type="hidden" name="person" value={personId} />}
      {sourceId === null ? null : <input type="hidden" name="reader" value={sourceId} />}
      <Field
        name="q"
        type="search"
        label={t('devices.demo.search')}
        hint={t('devices.demo.search_hint')}
        defaultValue={view.search}
      />
      <Button>{t('devices.demo.search_go')}</Button>
    </form>
  )
}

function People({ view }: { view: DemoView }) {
  const t = useT()
  const found = t('devices.demo.found', { count: view.people.length })
  return (
    <Card title={<Bilingual k="devices.demo.who" />} extra={found} padded={false}>
      {view.people.length === 0 ? (
        <p className="dm-none">
          {t('devices.demo.nobody', { text: view.search })} <Link to="/demo/reader">{t('common.filter.clear')}</Link>
        </p>
      ) : (
        <fieldset>
          <legend className="vh">{t('devices.demo.who')}</legend>
          {/* The floor browser does not scroll a fieldset. */}
          <div className="dm-people">
            {view.people.map((person) => (
              <PersonChoice key={person.id} person={person} chosen={person.id === view.chosen.personId} />
            ))}
          </div>
        </fieldset>
      )}
    </Card>
  )
}

function PersonChoice({ person, chosen }: { person: DemoPerson; chosen: boolean }) {
  const t = useT()
  const { window } = person
  return (
    <label className="dm-choice">
      <input type="radio" name="person" value={person.id} defaultChecked={chosen} />
      <span className="dm-window">{window?.number}</span>
      <b lang="zh-CN">{person.name}</b>{' '}
      <span className="en" lang="en">
        {person.nameEn}
      </span>
      <span className="mut">{window === null ? t('devices.demo.no_window') : pick(t, window.name, window.nameEn)}</span>
    </label>
  )
}
