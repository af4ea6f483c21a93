import type { EnrolView } from '#app/domain/devices/enrol-view.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { fingerName } from './texts.ts'

const ways = ['right', 'wrong', 'other', 'wet', 'dry', 'unplug', 'replug'] as const

/** Demo only: lays the person's finger on the emulated reader, rightly or wrongly. */
export function DemoCard({ view, path }: { view: EnrolView; path: string }) {
  const t = useT()
  const sourceId = view.attempt?.sourceId ?? view.chosen.sourceId
  const reader = view.readers.find((one) => one.id === sourceId)
  if (reader === undefined || !reader.emulated) return null
  const finger = view.attempt?.finger ?? view.chosen.finger
  return (
    <Card title={<Bilingual k="enrolment.demo.title" />}>
      <p className="sm sub">{t('enrolment.demo.text')}</p>
      <Form action={path}>
        <input type="hidden" name="reader" value={reader.id} />
        <input type="hidden" name="finger" value={finger} />
        <input type="hidden" name="intent" value="demo_press" />
        <div className="en-ways">
          {ways.map((way) => (
            <Button key={way} small name="way" value={way} {...(way === 'right' ? { look: 'primary' as const } : {})}>
              {t(`enrolment.demo.${way}`, { finger: fingerName(t, finger) })}
            </Button>
          ))}
        </div>
      </Form>
      <p>
        <ButtonLink
          small
          look="ghost"
          to={`/demo/reader?reader=${reader.id}&person=${view.person.id}&finger=${finger}`}
          document
        >
          {t('enrolment.demo.page')}
        </ButtonLink>
      </p>
    </Card>
  )
}
