import { useSearchParams } from '@remix-run/react'
import { type HallKind, hallKinds } from '#app/domain/hall/input.ts'
import type { HallView } from '#app/domain/hall/view.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty, Heading } from '#app/ui/card.tsx'
import { Chip, Filters, Segments, Tabs } from '#app/ui/choices.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { addressWith } from '#app/ui/table.tsx'
import { GroupsTable, UnitsTable, WindowsTable, ZonesTable } from './hall-tables.tsx'

export type HallPageModel = {
  readonly kind: HallKind
  readonly q: string
  readonly state: 'open' | 'ended' | 'all'
  /** The rows that answer to the filter. */
  readonly view: HallView
  /** How many there are of each kind in use. */
  readonly counts: Readonly<Record<HallKind, number>>
  /** How many there are of this kind altogether. */
  readonly all: number
  readonly day: string
  readonly done: string | null
}

/** What the hall is made of 大厅: windows, zones, dispatching units and groups of windows. */
export function HallPage(model: HallPageModel) {
  const t = useT()
  const [search] = useSearchParams()
  const { kind, counts, q, state, done } = model
  const facts = t('hall.facts', { windows: counts.windows, zones: counts.zones, units: counts.units })
  return (
    <div className="hl">
      <Heading title={<Bilingual k="hall.title" />} facts={facts}>
        <ButtonLink to={`/hall/${needed(kind, counts)}/new`} look="primary">
          {t(`hall.${needed(kind, counts)}.add`)}
        </ButtonLink>
      </Heading>
      {done === 'groups' ? <Alert tone="ok" title={t('hall.end.done_groups')} /> : null}
      <Tabs
        label={t('hall.tabs')}
        choices={hallKinds.map((one) => ({
          to: `/hall?tab=${one}`,
          label: t(`hall.${one}.title`),
          current: one === kind,
          count: counts[one],
        }))}
      />
      <div className="bar2">
        <Filters>
          <input type="hidden" name="tab" value={kind} />
          {state === 'open' ? null : <input type="hidden" name="state" value={state} />}
          <label className="vh" htmlFor="hall-q">
            {t('hall.search')}
          </label>
          <input className="in" type="search" id="hall-q" name="q" defaultValue={q} placeholder={t('hall.search')} />
          {q ? <Chip label={q} without={addressWith(search, { q: null })} /> : null}
        </Filters>
        {kind === 'groups' ? null : (
          <Segments
            label={t('hall.state.label')}
            choices={(['open', 'ended', 'all'] as const).map((one) => ({
              to: addressWith(search, { state: one === 'open' ? null : one, tab: kind }),
              label: t(`hall.state.${one}`),
              current: one === state,
            }))}
          />
        )}
      </div>
      <Rows {...model} />
    </div>
  )
}

/** What has to be there before one of these can be added: a window stands in a zone, a group holds windows. */
function needed(kind: HallKind, counts: HallPageModel['counts']): HallKind {
  if (kind === 'groups' && counts.windows === 0) return needed('windows', counts)
  return kind === 'windows' && counts.zones === 0 ? 'zones' : kind
}

function Rows({ kind, view, all, day, counts }: HallPageModel) {
  const t = useT()
  if (all === 0 || view[kind].length === 0) {
    const first = needed(kind, counts)
    const add = <ButtonLink to={`/hall/${first}/new`}>{t(`hall.${first}.add`)}</ButtonLink>
    return (
      <Card>
        <Empty title={t(`hall.${kind}.title`)} action={all === 0 ? add : null}>
          <p>{t(all === 0 ? `hall.${kind}.empty` : `hall.${kind}.none`)}</p>
        </Empty>
      </Card>
    )
  }
  if (kind === 'windows') return <WindowsTable rows={view.windows} day={day} />
  if (kind === 'zones') return <ZonesTable rows={view.zones} day={day} />
  if (kind === 'units') return <UnitsTable rows={view.units} day={day} />
  return <GroupsTable rows={view.groups} />
}
