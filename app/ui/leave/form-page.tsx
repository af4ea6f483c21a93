import './leave.css'
import './form.css'
import { useFetcher } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { PersonName } from '#app/domain/leave/view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Answer, type Outcome, refusalText } from './answer.tsx'
import { KindCards, type KindChoice } from './kind-cards.tsx'
import { LeaveTabs } from './leave-tabs.tsx'
import { PeriodFields } from './period-fields.tsx'
import { DecidedField, PaperField, PersonField } from './record-fields.tsx'
import { StandInFields } from './stand-in-fields.tsx'
import { daysText, partiesText } from './texts.ts'
import { kindOf, type LeaveTyped, limits, type Problems, periodOf } from './typed.ts'

export type FormModel = {
  readonly mode: 'new' | 'edit' | 'record'
  readonly kinds: readonly KindChoice[]
  readonly standIns: readonly PersonName[]
  /** For whom a paper may be recorded; empty in the other modes. */
  readonly people: readonly PersonName[]
  readonly typed: LeaveTyped
  readonly outcome: Outcome
  readonly problems: Problems
  readonly phoneMasked: string | null
  readonly number: string | null
  /** What whoever sent it back wrote. */
  readonly opinion: string | null
  /** Whether all words may be taken from the paper; HR only. */
  readonly mayOnPaper: boolean
  readonly savedAtMs: number | null
  readonly zone: string
}

const titles = { new: 'leave.form.title', edit: 'leave.form.edit_title', record: 'leave.form.record_title' } as const

/** The leave form 04: complete without script; with script the answer beside it follows what is chosen. */
export function LeaveFormPage({ model }: { model: FormModel }) {
  const t = useT()
  const { mode, savedAtMs, zone } = model
  const saved =
    savedAtMs === null ? '' : t('leave.form.draft_saved', { time: formatInstant(savedAtMs, zone, t.locale) })
  return (
    <div className="lvf">
      <Heading title={<Bilingual k={titles[mode]} />} facts={mode === 'record' ? t('leave.form.record_facts') : saved}>
        {mode === 'record' ? null : (
          <ButtonLink small to="/leave">
            {t('leave.form.my_leaves')}
          </ButtonLink>
        )}
      </Heading>
      {mode === 'record' ? <LeaveTabs current="record" /> : null}
      {model.opinion ? (
        <div className="lv-top">
          <Alert tone="warn" title={t('leave.form.opinion')}>
            {model.opinion}
          </Alert>
        </div>
      ) : null}
      <LeaveForm model={model} />
    </div>
  )
}

type Recount = { readonly model: Pick<FormModel, 'outcome' | 'standIns' | 'typed'> }

function LeaveForm({ model }: { model: FormModel }) {
  const t = useT()
  const { live, onChange, counted } = useRecount(model)
  const errors = errorsOf(t, model.problems)
  const { typed } = model
  return (
    <div onChange={onChange}>
      <Form errors={errors} labels={labelsOf(t)}>
        <input type="hidden" name="id" value={typed.id} />
        <input type="hidden" name="revision" value={typed.revision} />
        <div className="card form">
          {model.mode === 'record' ? <PersonField model={model} error={errors.person} /> : null}
          <KindCards kinds={model.kinds} chosen={typed.kind} error={errors.kind} />
          <PeriodFields typed={typed} errors={errors} counted={counted} />
          <StandInFields
            key={live.standIns.map(({ id }) => id).join()}
            people={live.standIns}
            preview={live.outcome.preview}
            chosen={live.typed.stand_in}
            error={errors.stand_in}
          />
          <Words model={model} errors={errors} />
          {model.mode === 'record' ? <PaperField again={Object.keys(errors).length > 0} error={errors.paper} /> : null}
          {model.mayOnPaper ? <DecidedField chosen={typed.decided} error={errors.decided} /> : null}
          <Send model={model} live={live} counted={counted} />
        </div>
        <Answer outcome={live.outcome} kind={kindOf(live.typed)} period={periodOf(live.typed)} busy={live.busy} />
      </Form>
    </div>
  )
}

type Live = Recount['model'] & { readonly busy: boolean }

/** Counts again whenever what the answer depends on has changed; nothing else of the form is touched. */
function useRecount(model: FormModel) {
  const fetcher = useFetcher<Recount>({ key: `leave-${model.mode}` })
  const [counted, setCounted] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  useEffect(() => {
    setCounted(true)
    return () => clearTimeout(timer.current)
  }, [])
  const onChange = (event: FormEvent) => {
    const field = event.target as HTMLInputElement
    const { form } = field
    if (!form || !['person', 'kind', 'from', 'from_half', 'to', 'to_half', 'stand_in', 'decided'].includes(field.name))
      return
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      const asked = new FormData(form)
      asked.delete('paper')
      asked.set('intent', 'preview')
      fetcher.submit(asked, { method: 'post' })
    }, 250)
  }
  const answered = fetcher.data?.model ?? model
  const live: Live = { ...answered, busy: fetcher.state !== 'idle' }
  return { live, onChange, counted }
}

function Words({ model, errors }: { model: FormModel; errors: Readonly<Record<string, string>> }) {
  const t = useT()
  const { typed, phoneMasked } = model
  const kept = phoneMasked ? t('leave.form.phone_kept', { phone: phoneMasked }) : t('leave.form.phone_hint')
  return (
    <>
      <div className="sec two">
        <Field
          as="textarea"
          name="reason"
          rows={4}
          label={<Bilingual k="leave.form.reason" />}
          hint={t('leave.form.reason_hint')}
          defaultValue={typed.reason}
          error={errors.reason}
          required
        />
        <div className="col">
          <Field
            name="destination"
            label={<Bilingual k="leave.form.destination" />}
            defaultValue={typed.destination}
            error={errors.destination}
            optional
          />
          <Field
            name="phone"
            type="tel"
            autoComplete="tel"
            label={<Bilingual k="leave.form.phone" />}
            hint={kept}
            defaultValue={typed.phone}
            error={errors.phone}
            optional
          />
          {phoneMasked ? (
            <label className="tick">
              <input type="checkbox" name="phone_clear" value="yes" defaultChecked={typed.phone_clear} />
              {t('leave.form.phone_clear')}
            </label>
          ) : null}
          <label className="tick">
            <input type="checkbox" name="leaves_town" value="yes" defaultChecked={typed.leaves_town} />
            <Bilingual k="leave.form.leaves_town" />
          </label>
        </div>
      </div>
      <div className="sec">
        <Field
          as="textarea"
          name="handover"
          rows={2}
          label={<Bilingual k="leave.form.handover" />}
          hint={t('leave.form.handover_hint')}
          defaultValue={typed.handover}
          error={errors.handover}
          maxLength={limits.handover * 2}
          optional
        />
      </div>
    </>
  )
}

function Send({ model, live, counted }: { model: FormModel; live: Live; counted: boolean }) {
  const t = useT()
  const record = model.mode === 'record'
  const { preview } = live.outcome
  return (
    <div className="send">
      {preview ? (
        <span className="sumry">
          <b>
            {daysText(t, preview.counts === 'working' ? preview.count.workingHalves : preview.count.calendarHalves)}
          </b>
          {t(preview.counts === 'working' ? 'leave.working' : 'leave.calendar_days')}
        </span>
      ) : null}
      <Button look="primary" name="intent" value="submit" {...(record ? { formEncType: 'multipart/form-data' } : {})}>
        {sendLabel(t, model, live, counted)}
      </Button>
      {record ? null : (
        <Button name="intent" value="draft">
          {t('leave.form.save')}
        </Button>
      )}
      {record ? null : <span className="mut sm hide">{t('leave.form.send_hint')}</span>}
    </div>
  )
}

/** What the click brings about; as long as script cannot follow the choice of the paper, nothing that may be untrue. */
function sendLabel(t: T, { mode, mayOnPaper }: FormModel, live: Live, counted: boolean): string {
  const record = mode === 'record'
  const { preview } = live.outcome
  if (mayOnPaper && !counted) return t('leave.form.record')
  if (mayOnPaper && live.typed.decided === 'on_paper') return t('leave.form.record_on_paper')
  const first = preview?.steps.find((step) => step.state === 'due') ?? preview?.steps[0]
  if (!first) return t(record ? 'leave.form.record' : 'leave.form.submit')
  const who = partiesText(
    t,
    first.parties.map(({ party }) => party),
    first.mode,
  )
  return t(record ? 'leave.form.record_to' : 'leave.form.submit_to', { who })
}

function errorsOf(t: T, problems: Problems): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([name, problem]) => [name, refusalText(t, problem)]))
}

function labelsOf(t: T): Record<string, string> {
  const names = [
    'kind',
    'from',
    'to',
    'stand_in',
    'reason',
    'destination',
    'phone',
    'handover',
    'person',
    'paper',
    'decided',
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const key = `leave.form.${name}`
      return t.has(key) ? [[name, t(key)]] : []
    }),
  )
}
