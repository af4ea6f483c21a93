import type { CivilDay } from '#app/domain/attendance/day.ts'
import { tidy } from '#app/domain/people/read-fields.ts'
import type { HallView } from './view.ts'

export type HallFilter = { readonly q: string; readonly state: 'open' | 'ended' | 'all'; readonly day: CivilDay }

/** The parts of the hall that answer to a search and a state; a part is in use on its last day too. */
export function filterHall(view: HallView, { q, state, day }: HallFilter): HallView {
  const wanted = tidy(q.normalize('NFKC')).toLowerCase()
  const says = (...texts: readonly (string | null | undefined)[]) =>
    wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted))
  const stands = (end: CivilDay | null) => state === 'all' || (end === null || end >= day) === (state === 'open')
  return {
    zones: view.zones.filter((one) => stands(one.endedOn) && says(one.code, one.name, one.nameEn)),
    units: view.units.filter((one) => stands(one.endedOn) && says(one.name, one.shortName, one.nameEn, one.contact)),
    windows: view.windows.filter(
      (one) =>
        (stands(one.closesOn) &&
          says(one.number, one.name, one.nameEn, one.zone.name, one.zone.nameEn, one.aPost?.name, one.chief?.name)) ||
        (stands(one.closesOn) && one.bPosts.some((person) => says(person.name))),
    ),
    groups: view.groups.filter((one) => says(one.name, one.nameEn, ...one.windows.map((window) => window.number))),
  }
}
