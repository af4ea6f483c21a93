import './people.css'
import type { CharacterFact } from '#app/domain/people/characters/parse.ts'
import type { Leaving } from '#app/domain/people/leaving.ts'
import type { HistoryLine, PersonRecord } from '#app/domain/people/record.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Tabs } from '#app/ui/choices.tsx'
import { useT } from '#app/ui/locale.tsx'
import type { MonthView } from '#app/ui/me/month-model.ts'
import { type ActModel, PersonAct } from './person-act.tsx'
import { PersonFacts } from './person-facts.tsx'
import { PersonHead, type Reveal } from './person-head.tsx'
import { PersonHistory } from './person-history.tsx'
import { PersonLeaving } from './person-leaving.tsx'
import { timelineOf } from './person-model.ts'
import { PersonMonth } from './person-month.tsx'
import { type AccountFacts, type LeaveFact, PersonSide } from './person-side.tsx'
import { PersonTimeline } from './person-timeline.tsx'

export type PersonView = 'overview' | 'record' | 'leave' | 'history'

export type PersonModel = {
  readonly record: PersonRecord
  readonly day: string
  readonly zone: string
  readonly view: PersonView
  readonly month: MonthView | null
  readonly partners: readonly { readonly id: string; readonly name: string; readonly nameEn: string }[]
  /** The rare characters of the name with what they are made of. */
  readonly shapes: readonly Pick<CharacterFact, 'character' | 'parts'>[]
  /** Characters of the name that no font of papers has. */
  readonly missing: readonly string[]
  /** Null where the visitor may not see it. */
  readonly leaves: readonly LeaveFact[] | null
  readonly account: AccountFacts | null
  readonly history: readonly HistoryLine[]
  readonly may: {
    readonly manage: boolean
    readonly reveal: boolean
    readonly enrol: boolean
    readonly print: boolean
    readonly account: boolean
  }
  /** What is still to do for who leaves; null for who may not do it. */
  readonly leaving: Leaving | null
  readonly act: ActModel | null
  readonly done: string | null
  readonly revealed: Reveal | null
}

/** One person (06): who and where, the time here, this month, leave, papers, account and fingers, and what was changed. */
export function PersonPage(model: PersonModel) {
  const t = useT()
  const { record, view, done } = model
  const doneKey = `people.page.done.${done}`
  return (
    <div className="people person">
      {done && t.has(doneKey) ? <Alert tone="ok" title={t(doneKey, { name: record.name })} /> : null}
      {model.leaving ? (
        <PersonLeaving leaving={model.leaving} id={record.id} name={record.name} may={model.may} />
      ) : null}
      {model.act ? <PersonAct model={model.act} record={record} /> : null}
      <PersonHead model={model} />
      <Tabs label={t('people.page.tabs')} choices={tabsOf(model, t)} />
      {view === 'overview' ? <Overview model={model} /> : null}
      {view === 'record' ? <PersonFacts model={model} /> : null}
      {view === 'leave' && model.leaves ? <PersonSide model={model} only="leave" /> : null}
      {view === 'history' ? <PersonHistory lines={model.history} zone={model.zone} /> : null}
    </div>
  )
}

function tabsOf({ record, view, leaves }: PersonModel, t: ReturnType<typeof useT>) {
  const base = `/people/${record.id}`
  const tab = (name: PersonView, count?: number) => ({
    to: name === 'overview' ? base : `${base}?view=${name}`,
    label: t(`people.page.${name}`),
    current: view === name,
    ...(count === undefined ? {} : { count }),
  })
  return [tab('overview'), tab('record'), ...(leaves ? [tab('leave', leaves.length)] : []), tab('history')]
}

function Overview({ model }: { model: PersonModel }) {
  const t = useT()
  const { record, day, may } = model
  return (
    <div className="lay">
      <div className="col">
        <PersonTimeline id={record.id} moments={timelineOf(t, record, day)} manages={may.manage} />
      </div>
      <div className="col">
        {model.month ? <PersonMonth month={model.month} base={`/people/${record.id}`} /> : null}
        {model.leaves ? <PersonSide model={model} only="leave" /> : null}
      </div>
      <div className="col">
        <PersonSide model={model} only="side" />
      </div>
    </div>
  )
}
