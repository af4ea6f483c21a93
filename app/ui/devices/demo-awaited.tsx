import type { DemoView } from '#app/domain/devices/demo-view.ts'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { pick } from './both.tsx'

const ways = ['right', 'wrong', 'other', 'wet', 'dry'] as const

/** A reader waits for somebody's finger: the visitor lays it on, or a wrong one to see what happens. */
export function DemoAwaited({ awaited, csrf }: { awaited: NonNullable<DemoView['awaited']>; csrf: string }) {
  const t = useT()
  const { person, reader, phase, press, of } = awaited
  const finger = t(`enrolment.finger.f${awaited.finger as 1}`)
  const names = { name: pick(t, person.name, person.nameEn), reader: pick(t, reader.name, reader.nameEn) }
  return (
    <Card title={<Bilingual k="devices.demo.awaited" />}>
      <p>
        <b>{t('devices.demo.awaited_who', { ...names, finger })}</b> · {t(`enrolment.live.${phase}`)}{' '}
        <span className="mut">{t('devices.demo.awaited_press', { press, of })}</span>
      </p>
      <Form csrf={csrf} action="/demo/reader" document={false}>
        <input type="hidden" name="reader" value={awaited.sourceId} />
        <input type="hidden" name="person" value={awaited.personId} />
        <input type="hidden" name="finger" value={awaited.finger} />
        <div className="dm-ways">
          {ways.map((way) => (
            <Button key={way} name="way" value={way} {...(way === 'right' ? { look: 'primary' as const } : {})}>
              {t(`enrolment.demo.${way}`, { finger })}
            </Button>
          ))}
        </div>
      </Form>
    </Card>
  )
}
