import type { CommandState, Step } from './command.ts'
import type { KioskGreeting } from './greeting.ts'
import type { ReaderBadge } from './reader-state.ts'
import type { Named } from './readers-view.ts'

export type DemoReader = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly place: string
  readonly placeEn: string
  readonly badge: ReaderBadge
}

export type DemoPerson = {
  readonly id: string
  readonly name: string
  readonly nameEn: string
  readonly window: { readonly number: string; readonly name: string; readonly nameEn: string } | null
  /** Slot number at each reader, by the reader's id. */
  readonly slots: Readonly<Record<string, string>>
}

export type DemoView = {
  readonly readers: readonly DemoReader[]
  readonly people: readonly DemoPerson[]
  readonly search: string
  readonly chosen: {
    readonly personId: string | null
    readonly sourceId: string | null
    /** 1 to 10; null for whichever finger of the person is enrolled there. */
    readonly finger: number | null
  }
  /** Whose finger a reader waits for, so that a visitor can lay on the right one, or a wrong one. */
  readonly awaited: {
    readonly sourceId: string
    readonly reader: Named
    readonly personId: string
    readonly person: Named
    readonly finger: number
    readonly press: number
    readonly of: number
    readonly phase: 'waiting' | 'press' | 'lift' | 'retry'
  } | null
  readonly command: {
    readonly id: string
    readonly state: CommandState
    readonly steps: readonly Step[]
    readonly sourceId: string | null
  } | null
  readonly greeting: KioskGreeting | null
}

type Findable = DemoPerson & { readonly reading: string }

/** People whose name, English name, pinyin (also its initials) or window holds the text 找人. Source: product (demo reader). */
export function findPeople<Person extends Findable>(people: readonly Person[], search: string): readonly Person[] {
  const text = search.trim().toLowerCase()
  if (text === '') return people
  const plain = text.replace(/\s+/g, '')
  return people.filter((person) => {
    const initials = person.reading
      .split(' ')
      .map((syllable) => syllable.slice(0, 1))
      .join('')
    const places = person.window === null ? [] : [person.window.number, person.window.name, person.window.nameEn]
    const fields = [person.name, person.nameEn, person.reading.replace(/\s+/g, ''), ...places]
    return initials.startsWith(plain) || fields.some((field) => field.toLowerCase().replace(/\s+/g, '').includes(plain))
  })
}
