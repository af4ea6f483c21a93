import { type MouseEvent, useEffect, useRef } from 'react'
import { limits, type OwnText, roomOf } from '#app/domain/assessment/summary.ts'
import { formatNumber } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import type { Words } from './autosave.ts'
import type { FormModel } from './mine-model.ts'
import { dropBackup } from './own-backup.ts'
import { type Saving, useOwnWords } from './use-own-words.ts'

export type WordsAnswer = {
  readonly typed: Words
  readonly revision: number
  readonly problem:
    | { readonly code: 'too_long'; readonly field: OwnText; readonly over: number; readonly limit: number }
    | { readonly code: 'changed_meanwhile'; readonly time: string }
    | { readonly code: 'year_closed' }
}

type OwnWordsProps = {
  readonly model: FormModel
  readonly answer: WordsAnswer | null
  readonly pdf: string
  readonly fresh: boolean
}

/** About how much of a summary stays on the form's own page. */
const pageRoom = { civil_servant_register: 800, institution_register: 550 } as const

/** The boxes to write in: a form that is complete without script, and saves by itself with it. */
export function OwnWords({ model, answer, pdf, fresh }: OwnWordsProps) {
  const t = useT()
  const box = useRef<HTMLFormElement>(null)
  const csrf = useRootData()?.csrf ?? ''
  const { personId, year, stored, writable } = model
  const shown = answer?.typed ?? stored
  useEffect(() => {
    if (fresh) dropBackup(personId, year)
  }, [fresh, personId, year])
  const saving = useOwnWords(box, {
    personId,
    year,
    shown,
    stored,
    revision: answer?.revision ?? model.revision,
    writable,
    answering: answer !== null || fresh,
  })
  const conflict = answer?.problem.code === 'changed_meanwhile' ? answer.problem : null
  return (
    <form
      ref={box}
      method="post"
      action={`/papers/mine?year=${year}`}
      encType="multipart/form-data"
      className="frm mine-form"
      onSubmit={saving.leave}
      onInput={saving.typed}
      noValidate
    >
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="year" value={year} />
      <input type="hidden" name="revision" value={conflict ? model.revision : saving.revision} />
      {conflict ? <Conflict model={model} time={conflict.time} /> : null}
      <TooLong answer={answer} />
      {writable ? null : <Alert tone="info" title={t('assessment.mine.closed', { year })} />}
      <Card>
        <Boxes model={model} saving={saving} shown={shown} answer={answer} />
        <div className="foot">
          {writable ? (
            <Button look="primary">{t(conflict ? 'assessment.mine.conflict.mine' : 'assessment.mine.save')}</Button>
          ) : null}
          <PdfLink pdf={pdf} saving={saving} />
          <PdfLink pdf={`${pdf}&download=1`} saving={saving} saved />
          <Told model={model} saving={saving} />
        </div>
      </Card>
    </form>
  )
}

/** After a save without script the page begins at its top: what stood in the way is said there, with the way to it. */
function TooLong({ answer }: { answer: WordsAnswer | null }) {
  const t = useT()
  const problem = answer?.problem
  if (problem?.code !== 'too_long') return null
  const { field } = problem
  const facts = { over: formatNumber(problem.over, t.locale), limit: formatNumber(problem.limit, t.locale) }
  return (
    <Alert tone="bad" title={t('assessment.mine.kept.title')} urgent>
      <a href={`#${field}`}>{`${t(`assessment.mine.${field}`)}: ${t('assessment.mine.over', facts)}`}</a>
    </Alert>
  )
}

type BoxesProps = { model: FormModel; saving: Saving; shown: Words; answer: WordsAnswer | null }

/** The institution's form has no box for training; what was written there before is still shown. */
function Boxes(props: BoxesProps) {
  const unused = props.model.form === 'institution_register' && props.shown.training === ''
  return (
    <>
      <Box name="summary" rows={22} {...props} />
      {unused ? null : <Box name="training" rows={4} {...props} />}
    </>
  )
}

type BoxProps = BoxesProps & { name: OwnText; rows: number }

/** No maxlength: a browser would cut a pasted text without a word. */
function Box({ name, model, saving, shown, answer, rows }: BoxProps) {
  const t = useT()
  const room = roomOf(name, saving.words[name])
  const problem = answer?.problem
  const error = room.state === 'over' || (problem?.code === 'too_long' && problem.field === name)
  const number = (value: number) => formatNumber(value, t.locale)
  const unused = name === 'training' && model.form === 'institution_register'
  const hint = t(`assessment.mine.${name}_hint`, {
    limit: number(limits[name]),
    page: number(pageRoom[model.form]),
  })
  return (
    <div className="fld">
      <label htmlFor={name}>{t(`assessment.mine.${name}`)}</label>
      <p className="hint" id={`${name}-hint`}>
        {unused ? t('assessment.mine.training_unused') : hint}
      </p>
      <textarea
        className="in"
        id={name}
        name={name}
        rows={rows}
        lang="zh-CN"
        defaultValue={shown[name]}
        readOnly={!model.writable}
        aria-describedby={`${name}-hint ${name}-count${error ? ` ${name}-error` : ''}`}
        {...(error ? { 'aria-invalid': true } : {})}
      />
      <p className="hint mine-count" id={`${name}-count`}>
        {t('assessment.mine.count', { count: number(room.count), limit: number(room.limit) })}
        {room.state === 'near' ? ` · ${t('assessment.mine.near', { left: number(room.limit - room.count) })}` : null}
      </p>
      {error ? (
        <p className="err" id={`${name}-error`} role="alert">
          {t('assessment.mine.over', { over: number(room.over), limit: number(room.limit) })}
        </p>
      ) : null}
    </div>
  )
}

/** Opens the real pages in a tab of their own, or saves them as a file, with what was typed last. */
function PdfLink({ pdf, saving, saved = false }: { pdf: string; saving: Saving; saved?: boolean }) {
  const t = useT()
  const open = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!saving.dirty()) return
    event.preventDefault()
    const tab = saved ? window : window.open('', '_blank')
    void saving.flush().then(() => {
      if (tab) tab.location.href = pdf
    })
  }
  return (
    <a className="btn" href={pdf} onClick={open} {...(saved ? {} : { target: '_blank', rel: 'noreferrer' })}>
      {t(saved ? 'assessment.mine.save_pdf' : 'assessment.mine.open_pdf')}
    </a>
  )
}

function Told({ model, saving }: { model: FormModel; saving: Saving }) {
  const t = useT()
  const { state, time } = saving
  const quiet = state === 'idle' || state === 'typing' || state === 'saving' || state === 'saved'
  const text =
    state === 'idle'
      ? model.savedAt
        ? t('assessment.mine.saved', { time: model.savedAt })
        : t('assessment.mine.never')
      : t(`assessment.mine.auto.${state}`, { time: time ?? '' })
  return (
    <span className={quiet ? 'mine-told' : 'mine-told bad'} role="status">
      {text}
      {state === 'signed_out' || state === 'other_person' ? (
        <>
          {' '}
          <a href="/sign-in?to=/papers/mine" target="_blank" rel="noreferrer">
            {t('assessment.mine.auto.sign_in')}
          </a>
        </>
      ) : null}
      {saving.restored && state !== 'saved' ? <b> {t('assessment.mine.auto.restored')}</b> : null}
    </span>
  )
}

/** Both texts on one page: what is stored here, what was typed in the boxes below. */
function Conflict({ model, time }: { model: FormModel; time: string }) {
  const t = useT()
  const { stored, year } = model
  const count = formatNumber(roomOf('summary', stored.summary).count, t.locale)
  return (
    <Alert
      tone="warn"
      urgent
      title={t('assessment.mine.conflict.title', { time })}
      action={
        <a className="btn sm" href={`/papers/mine?year=${year}&fresh`}>
          {t('assessment.mine.conflict.theirs')}
        </a>
      }
    >
      <p>{t('assessment.mine.conflict.means')}</p>
      <details open>
        <summary>{t('assessment.mine.conflict.stored', { count })}</summary>
        <p className="mine-stored" lang="zh-CN">
          {stored.summary}
        </p>
        {stored.training === '' ? null : (
          <>
            <b>{t('assessment.mine.conflict.stored_training')}</b>
            <p className="mine-stored" lang="zh-CN">
              {stored.training}
            </p>
          </>
        )}
      </details>
    </Alert>
  )
}
