import { actsFor, type CardAct, type ReaderCard } from '#app/domain/devices/readers-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useMay } from './may.ts'

/** Where an act leads; the page behind it says what it means before anything is done. */
function address(act: CardAct, id: string): string {
  const anchors: Partial<Record<CardAct, string>> = {
    slots: '#slots',
    identity: '#identity',
    steps: '#help',
    clock: '#clock',
  }
  if (act === 'outage') return `/readers/alarms?source=${id}#outage`
  return `/readers/${id}${anchors[act] ?? ''}`
}

/** What the state of a reader asks for: at most two, the pressing one in front. */
export function CardActs({ reader, zone }: { reader: ReaderCard; zone: string }) {
  const t = useT()
  const may = useMay()
  const open = actsFor(reader).filter((act) => act !== 'outage' || may('outage.manage'))
  const tests = may('readers.manage') && reader.reachable
  const since = reader.stateSinceMs ?? reader.seenMs
  const time = since === null ? '' : formatInstant(since, zone, t.locale, 'time')
  const facts = { time, count: Math.abs(reader.templates === null ? 0 : reader.templates - reader.enrolled) }
  return (
    <div className="act">
      {open.map((act, index) => {
        const pressing = index === 0 && act !== 'look' && act !== 'slots'
        if (act === 'test') return tests ? <TestButton key={act} id={reader.id} /> : null
        return (
          <ButtonLink key={act} small wide to={address(act, reader.id)} look={pressing ? 'primary' : 'plain'}>
            {t(`readerPage.act.${act}`, facts)}
          </ButtonLink>
        )
      })}
      {reader.badge === 'online' && tests ? <TestButton id={reader.id} plain /> : null}
    </div>
  )
}

function TestButton({ id, plain = false }: { id: string; plain?: boolean }) {
  const t = useT()
  return (
    <Form action={`/readers/${id}`}>
      <Button small wide name="intent" value="self_test" look={plain ? 'plain' : 'primary'}>
        {t('readerPage.act.test')}
      </Button>
    </Form>
  )
}
