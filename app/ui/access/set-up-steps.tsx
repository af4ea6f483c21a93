import { Bilingual, useT } from '#app/ui/locale.tsx'

type Step = { readonly key: StepKey; readonly state: 'done' | 'now' | 'later'; readonly note?: NoteKey }
type StepKey =
  | 'install'
  | 'centre'
  | 'administrators'
  | 'hr'
  | 'rules'
  | 'calendar'
  | 'readers'
  | 'people'
  | 'enrol'
  | 'trial'
type NoteKey = 'install_note' | 'administrators_note' | 'calendar_note' | 'readers_note'

const steps: readonly Step[] = [
  { key: 'install', state: 'done', note: 'install_note' },
  { key: 'centre', state: 'now' },
  { key: 'administrators', state: 'now', note: 'administrators_note' },
  { key: 'hr', state: 'now' },
  { key: 'rules', state: 'now' },
  { key: 'calendar', state: 'now', note: 'calendar_note' },
  { key: 'readers', state: 'later', note: 'readers_note' },
  { key: 'people', state: 'later' },
  { key: 'enrol', state: 'later' },
  { key: 'trial', state: 'later' },
]

/** The way to going live: what is done, what this page does, what comes after signing in. */
export function SetUpSteps() {
  const t = useT()
  const done = steps.filter((step) => step.state === 'done').length
  return (
    <aside className="card setup-steps">
      <div className="ch">
        <h2>
          <Bilingual k="access.set_up.go_live" />
        </h2>
        <span className="x num">{t('access.set_up.progress', { done, total: steps.length })}</span>
      </div>
      <ol className="cb">
        {steps.map((step) => (
          <li
            key={step.key}
            className={step.state}
            {...(step.state === 'now' ? { 'aria-current': 'step' as const } : {})}
          >
            <b>{t(`access.set_up.step.${step.key}`)}</b>
            {step.note ? <span className="mut sm">{t(`access.set_up.step.${step.note}`)}</span> : null}
          </li>
        ))}
      </ol>
      <p className="ft mut sm">{t('access.set_up.later')}</p>
    </aside>
  )
}
