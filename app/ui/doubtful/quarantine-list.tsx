import { useEffect, useRef, useState } from 'react'
import type { DoubtfulLine } from '#app/domain/devices/doubtful-view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { type DoubtfulModel, hrefOf, named, type Typed } from './model.ts'
import { correctedText, offsetText } from './times.ts'

type QuarantineProps = { model: DoubtfulModel; typed: Typed | null }

/** Punches whose time is in doubt; several are chosen and decided together, with one reason. */
export function QuarantineList({ model, typed }: QuarantineProps) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  const columns = useColumns(model, typed)
  if (model.lines.length === 0) {
    return (
      <div className="card">
        <Empty title={t('doubtful.quarantined.empty')}>{t('doubtful.quarantined.empty_more')}</Empty>
      </div>
    )
  }
  return (
    <Form action={hrefOf(model, 'quarantined')}>
      <input type="hidden" name="intent" value="rule" />
      <div ref={box}>
        <ChooseAll box={() => box.current} />
        <Table
          caption={t('doubtful.quarantined.caption')}
          columns={columns}
          rows={model.lines}
          id={(line) => line.key}
        />
      </div>
      <Decide typed={typed} />
    </Form>
  )
}

/** Ticks all boxes at once; only where script runs. */
function ChooseAll({ box }: { box: () => HTMLElement | null }) {
  const t = useT()
  const [runs, setRuns] = useState(false)
  useEffect(() => setRuns(true), [])
  if (!runs) return null
  const choose = (on: boolean) => {
    for (const one of box()?.querySelectorAll<HTMLInputElement>('input[name="key"]') ?? []) one.checked = on
  }
  return (
    <label className="db-tick">
      <input type="checkbox" onChange={(event) => choose(event.currentTarget.checked)} />
      <span>{t('doubtful.quarantined.all')}</span>
    </label>
  )
}

function useColumns(model: DoubtfulModel, typed: Typed | null): Column<DoubtfulLine>[] {
  const t = useT()
  const at = (ms: number) => formatInstant(ms, model.zone, t.locale, 'full')
  const time = (text: string) => <span className="nw">{text}</span>
  const number = (line: DoubtfulLine) => t('doubtful.number', { number: line.subject })
  return [
    {
      key: 'who',
      head: t('doubtful.quarantined.who'),
      cell: (line) => (
        <label className="db-who">
          <span className="db-tick">
            <input
              type="checkbox"
              name="key"
              value={line.key}
              defaultChecked={typed?.chosen.includes(line.key) ?? false}
              aria-label={t('doubtful.quarantined.choose', {
                source: named(t, line.source),
                number: line.subject,
                at: at(line.recordedMs),
              })}
            />
          </span>
          {line.person ? <PersonName name={named(t, line.person)} /> : number(line)}
        </label>
      ),
    },
    { key: 'source', head: t('doubtful.filter.source'), cell: (line) => `${named(t, line.source)} · ${number(line)}` },
    { key: 'why', head: t('doubtful.quarantined.why'), cell: (line) => whyText(t, line.quarantine) },
    { key: 'recorded', head: t('doubtful.quarantined.recorded'), cell: (line) => time(at(line.recordedMs)) },
    { key: 'received', head: t('doubtful.quarantined.received'), cell: (line) => time(at(line.receivedMs)) },
    { key: 'offset', head: t('doubtful.quarantined.offset'), cell: (line) => time(offsetText(t, line.offsetMs)) },
    {
      key: 'corrected',
      head: t('doubtful.quarantined.corrected'),
      cell: (line) => time(correctedText(t, line, model.zone)),
    },
  ]
}

function whyText(t: ReturnType<typeof useT>, code: string): string {
  const key = `doubtful.why.${code}`
  return t.has(key) ? t(key) : code
}

const ways = ['corrected', 'recorded', 'stated'] as const

function Decide({ typed }: { typed: Typed | null }) {
  const t = useT()
  const counts = typed?.fields.counts ?? 'corrected'
  return (
    <div className="db-decide">
      <Card title={t('doubtful.quarantined.decide')}>
        <fieldset className="db-counts">
          <legend>{t('doubtful.quarantined.counts')}</legend>
          {ways.map((way) => (
            <label key={way}>
              <input type="radio" name="counts" value={way} defaultChecked={counts === way} />
              {t(`doubtful.quarantined.counts_${way}`)}
            </label>
          ))}
          <p className="hint">{t('doubtful.quarantined.counts_hint')}</p>
        </fieldset>
        <Field
          name="at"
          type="datetime-local"
          step={1}
          label={t('doubtful.quarantined.at')}
          defaultValue={typed?.fields.at ?? ''}
          optional
        />
        <Field
          as="textarea"
          name="reason"
          rows={2}
          label={t('doubtful.quarantined.reason')}
          hint={t('doubtful.quarantined.reason_hint')}
          defaultValue={typed?.fields.reason ?? ''}
          maxLength={400}
        />
        <div className="foot">
          <Button look="primary" name="decision" value="release">
            {t('doubtful.quarantined.release')}
          </Button>
          <Button look="danger" name="decision" value="reject">
            {t('doubtful.quarantined.reject')}
          </Button>
        </div>
      </Card>
    </div>
  )
}
