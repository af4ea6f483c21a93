import type { WayForm, WayProblems } from '#app/domain/devices/alternate.ts'
import type { AlternateView } from '#app/domain/devices/alternate-view.ts'
import { Alert, Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { nameOf } from '#app/ui/enrolment/texts.ts'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { GiveCard } from './give-card.tsx'
import { PinSlip } from './pin-slip.tsx'
import { WayTable } from './way-table.tsx'

export type AlternateRefusal = {
  readonly code: 'person_left' | 'way_overlaps' | 'card_taken' | 'way_over'
  readonly name: string
}

export type AlternatePageProps = {
  readonly view: AlternateView
  readonly ending: string | null
  readonly done: string | null
  readonly typed: WayForm | null
  readonly problems: WayProblems
  readonly refused: AlternateRefusal | null
  readonly pin: string | null
}

/** Ways without a fingerprint of one person: what holds, giving one, taking one back, and what was before. */
export function AlternatePage(props: AlternatePageProps) {
  const t = useT()
  const { view, pin, done, refused } = props
  const { person, ways } = view
  const path = `/people/${person.id}/alternate`
  if (pin !== null) return <PinSlip view={view} pin={pin} path={path} />
  const doneKey = `alternates.done.${done}`
  return (
    <div className="alt-page">
      <Heading title={<Bilingual k="alternates.title" />} facts={t('alternates.facts')}>
        <ButtonLink small to={`/people/${person.id}`}>
          {t('alternates.person', { name: nameOf(t, person) })}
        </ButtonLink>
        <ButtonLink small to={`/people/${person.id}/enrol`}>
          {t('alternates.enrol')}
        </ButtonLink>
      </Heading>
      {refused === null && t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
      {refused === null ? null : (
        <Alert tone="warn" title={t(`alternates.refused.${refused.code}`, { name: refused.name })} urgent />
      )}
      <EndQuestion {...props} path={path} />
      <div className="alt-lay">
        <div className="alt-col">
          <Card title={<Bilingual k="alternates.now" />} extra={nameOf(t, person)}>
            <WayTable view={view} ways={ways.filter((one) => one.state !== 'ended')} path={path} acts>
              <p className="sub">{t('alternates.none_now')}</p>
            </WayTable>
          </Card>
          <Card title={<Bilingual k="alternates.history.title" />}>
            <WayTable view={view} ways={ways.filter((one) => one.state === 'ended')} path={path}>
              <p className="sub">{t('alternates.history.none')}</p>
            </WayTable>
          </Card>
        </div>
        <GiveCard {...props} path={path} />
      </div>
    </div>
  )
}

/** Taking back says what it means before it is done. */
function EndQuestion({ view, ending, path }: AlternatePageProps & { path: string }) {
  const t = useT()
  const way = view.ways.find((one) => one.id === ending && one.state !== 'ended')
  if (way === undefined) return null
  const name = nameOf(t, view.person)
  const last = view.fingers === 0 && view.ways.filter((one) => one.state === 'in_force').length <= 1
  return (
    <Card
      title={t(way.kind === 'card' ? 'alternates.ask.title_card' : 'alternates.ask.title_pin', { name })}
      footer={
        <Form action={path}>
          <input type="hidden" name="way" value={way.id} />
          <Button look="danger" name="intent" value="end">
            {t('alternates.ask.submit')}
          </Button>{' '}
          <ButtonLink to={path}>{t('alternates.ask.cancel')}</ButtonLink>
        </Form>
      }
    >
      <ul className="cons">
        <Consequence tone="info">{t('alternates.ask.stops', { name })}</Consequence>
        {last ? <Consequence tone="warn">{t('alternates.ask.last', { name })}</Consequence> : null}
      </ul>
    </Card>
  )
}
