import type { Staffing, StaffingCell, StaffingGroup } from '#app/domain/leave/view.ts'
import { formatNames } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { momentText, nameText } from './texts.ts'

/** Who is there on the half-days of a request, window group by window group 人手. */
export function StaffingTables({ staffing, personId }: { staffing: Staffing; personId: string }) {
  const t = useT()
  if (staffing.groups.length === 0) return <p className="sub sm">{t('leave.staffing.none')}</p>
  return (
    <>
      {staffing.groups.map((group) => (
        <GroupTable key={group.id} group={group} personId={personId} />
      ))}
      {staffing.cut ? <p className="sub sm">{t('leave.staffing.cut')}</p> : null}
    </>
  )
}

function GroupTable({ group, personId }: { group: StaffingGroup; personId: string }) {
  const t = useT()
  const name = nameText(t, group)
  return (
    <>
      <h3>{t('leave.staffing.title', { group: name })}</h3>
      {/* biome-ignore lint/a11y: a wide table scrolls inside its frame, by keyboard too */}
      <div className="imp-w" role="group" tabIndex={0} aria-label={t('leave.staffing.caption', { group: name })}>
        <table className="imp">
          <caption className="vh">{t('leave.staffing.caption', { group: name })}</caption>
          <thead>
            <tr>
              <th scope="col" className="who">
                {t('leave.staffing.who')}
              </th>
              {group.columns.map(({ day, half }) => (
                <th scope="col" key={`${day}${half}`}>
                  {Number(day.slice(8))}
                  <br />
                  <span aria-hidden="true">{t(`leave.half_short.${half}`)}</span>
                  <span className="vh">{momentText(t, day, half)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.rows.map(({ person, cells }) => (
              <tr key={person.id} className={person.id === personId ? 'me' : ''}>
                <th scope="row">
                  <PersonName name={nameText(t, person)} />
                </th>
                {cells.map((cell, at) => (
                  <Cell key={cellKey(group, at)} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
          <Foot group={group} />
        </table>
      </div>
      <p className="sub sm">{shortText(t, group)}</p>
    </>
  )
}

function cellKey(group: StaffingGroup, at: number): string {
  const column = group.columns[at]
  return `${column?.day}${column?.half}`
}

function Cell({ cell }: { cell: StaffingCell }) {
  const t = useT()
  if (cell.state === 'stands_in') {
    const word = t('leave.staffing.stands_in')
    return (
      <td>
        <span className="mk cov" title={word} aria-hidden="true">
          {t('leave.staffing.stands_in_char')}
        </span>
        <span className="vh">{word}</span>
      </td>
    )
  }
  if (cell.mark) return <td>{<Mark id={cell.mark} />}</td>
  if (cell.state === 'here') return <td>{<Mark id="present" />}</td>
  return (
    <td className="o">
      <span className="vh">{t('leave.staffing.not_due')}</span>
    </td>
  )
}

function Foot({ group }: { group: StaffingGroup }) {
  const t = useT()
  return (
    <tfoot>
      <tr>
        <th scope="row">{t('leave.staffing.present')}</th>
        {group.columns.map(({ day, half, present, short }) => (
          <td key={`${day}${half}`} className={short ? 'lo' : ''}>
            {present}
            <small>/{group.min}</small>
          </td>
        ))}
      </tr>
    </tfoot>
  )
}

function shortText(t: T, group: StaffingGroup): string {
  const short = group.columns.filter((column) => column.short)
  if (short.length === 0) return t('leave.staffing.fine', { group: nameText(t, group), min: group.min })
  const moments = formatNames(
    short.slice(0, 4).map(({ day, half }) => momentText(t, day, half)),
    t.locale,
  )
  const at = t('leave.staffing.short_at', { moments })
  return `${t('leave.staffing.short', { group: nameText(t, group), min: group.min })}${t.locale === 'en' ? ' ' : ''}${at}`
}
