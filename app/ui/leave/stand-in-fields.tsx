import type { LeavePreview, PersonName } from '#app/domain/leave/view.ts'
import { formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName as Name } from '#app/ui/person-name.tsx'
import { momentText, nameText } from './texts.ts'

type Props = {
  readonly people: readonly PersonName[]
  readonly preview: LeavePreview | null
  readonly chosen: string
  readonly error: string | undefined
}

/** How many colleagues stand open; the others are behind "more". */
const SHOWN = 4

type Free = { readonly all: number; readonly away: readonly string[] }

/** On which of the half-days a colleague is away himself, as the staffing table says. */
function freeOf(t: T, preview: LeavePreview | null, personId: string): Free | null {
  for (const group of preview?.staffing.groups ?? []) {
    const row = group.rows.find(({ person }) => person.id === personId)
    if (!row) continue
    const away = row.cells.flatMap((cell, at) => {
      const column = group.columns[at]
      return cell.state === 'away' && column ? [momentText(t, column.day, column.half)] : []
    })
    return { all: group.columns.length, away }
  }
  return null
}

/** Who stands in 替岗: colleagues of the same window group, each with the half-days they are away themselves. */
export function StandInFields({ people, preview, chosen, error }: Props) {
  const t = useT()
  const away = ({ free }: { free: Free | null }) => free?.away.length ?? 0
  const ranked = people
    .map((person, at) => ({ person, at, free: freeOf(t, preview, person.id), first: person.id === chosen ? 0 : 1 }))
    .sort((a, b) => a.first - b.first || away(a) - away(b) || a.at - b.at)
  const first = ranked.slice(0, SHOWN)
  const rest = ranked.slice(SHOWN)
  return (
    <fieldset className="sec" id="stand_in">
      <legend className="lg">
        <Bilingual k="leave.form.stand_in" />
      </legend>
      <div className="subs">
        {first.map(({ person, free }) => (
          <Colleague key={person.id} person={person} free={free} chosen={chosen} />
        ))}
        <label>
          <input type="radio" name="stand_in" value="" defaultChecked={!people.some(({ id }) => id === chosen)} />
          <span className="rw">
            <b>{t('leave.form.stand_in_none')}</b>
            <span className="sub sm">
              {t(people.length > 0 ? 'leave.form.stand_in_none_hint' : 'leave.form.nobody')}
            </span>
          </span>
        </label>
      </div>
      {rest.length > 0 ? (
        <details className="more">
          <summary>{t('leave.form.stand_in_more', { count: rest.length })}</summary>
          <div className="subs">
            {rest.map(({ person, free }) => (
              <Colleague key={person.id} person={person} free={free} chosen={chosen} />
            ))}
          </div>
        </details>
      ) : null}
      {error ? (
        <p className="err" id="stand_in-error">
          {error}
        </p>
      ) : null}
    </fieldset>
  )
}

function Colleague({ person, free, chosen }: { person: PersonName; free: Free | null; chosen: string }) {
  const t = useT()
  const full = free !== null && free.all > 0 && free.away.length === free.all
  return (
    <label>
      <input
        type="radio"
        name="stand_in"
        value={person.id}
        defaultChecked={person.id === chosen}
        disabled={full && person.id !== chosen}
      />
      <span className="rw">
        <b>
          <Name name={nameText(t, person)} />
        </b>
        <span className="sub sm">{freeText(t, free, full)}</span>
        {free ? <FreeBadge full={full} away={free.away.length} /> : null}
      </span>
    </label>
  )
}

function freeText(t: T, free: Free | null, full: boolean): string {
  if (!free) return ''
  if (full) return t('leave.form.stand_in_all')
  if (free.away.length === 0) return t('leave.form.stand_in_free')
  return t('leave.form.stand_in_part', {
    count: free.away.length,
    moments: formatNames(free.away.slice(0, 3), t.locale),
  })
}

function FreeBadge({ full, away }: { full: boolean; away: number }) {
  const t = useT()
  if (full) return <Badge>{t('leave.form.clash')}</Badge>
  return away > 0 ? <Badge tone="warn">{t('leave.form.part')}</Badge> : <Badge tone="ok">{t('leave.form.fits')}</Badge>
}
