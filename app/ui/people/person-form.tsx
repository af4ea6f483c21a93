import './people.css'
import { genders, postCategories } from '#app/domain/people/choices.ts'
import { identityKinds, posts } from '#app/domain/people/person.ts'
import { politicalStatuses } from '#app/domain/people/political-status.ts'
import type { Key } from '#app/i18n/catalogue.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { type CharacterAnswer, CharacterFinder } from './character-finder.tsx'
import { type PostingChoices, unitOptions, windowOptions } from './options.ts'
import { ProposeReading } from './propose-reading.tsx'
import { kindText, type Problem, type Problems, problemText } from './words.ts'

export type FormState = {
  readonly typed: Readonly<Record<string, string>>
  readonly problems: Problems
  /** What was found for the typed parts, reading or number; null before anybody asked. */
  readonly answer: CharacterAnswer | null
  readonly inserted: string | null
  readonly notes: readonly Problem[]
  /** Somebody else saved first. */
  readonly stale: boolean
}

export const untouched: Omit<FormState, 'typed'> = {
  problems: {},
  answer: null,
  inserted: null,
  notes: [],
  stale: false,
}

export type PersonFormModel = {
  readonly mode: 'new' | 'edit'
  readonly title: string
  readonly back: string
  readonly revision: number | null
  readonly kept: { readonly phone: string | null; readonly idNumber: string | null }
  readonly choices: PostingChoices
}

type Props = { model: PersonFormModel; state: FormState }

/** Everything a record holds, in groups; one form for adding and for editing. */
export function PersonForm({ model, state }: Props) {
  const t = useT()
  const { errors, labels } = said(t, state.problems)
  return (
    <div className="people pform">
      <Heading title={model.title} />
      {state.stale ? <Alert tone="warn" title={t('people.form.stale')} urgent /> : null}
      {state.notes.map((note) => (
        <Alert key={note.code} tone="warn" title={noteText(t, note)} />
      ))}
      <Form errors={errors} labels={labels}>
        {/* The one that Enter presses, whatever buttons stand on the way. */}
        <button type="submit" name="intent" value="save" className="vh" tabIndex={-1} aria-hidden="true" />
        {model.revision === null ? null : <input type="hidden" name="revision" value={model.revision} />}
        <NameGroup state={state} />
        <PersonGroup state={state} model={model} />
        <WorkGroup state={state} />
        {model.mode === 'new' ? <PostingGroup state={state} model={model} /> : null}
        <p className="foot">
          <Button look="primary" name="intent" value="save">
            {t(model.mode === 'new' ? 'people.form.save_new' : 'people.form.save_edit')}
          </Button>
          <ButtonLink to={model.back}>{t('people.form.cancel')}</ButtonLink>
        </p>
      </Form>
    </div>
  )
}

function noteText(t: T, note: Problem): string {
  const key = `people.form.note.${note.code}`
  const facts = { ...note.facts }
  return t.has(key) ? t(key, facts) : note.code
}

function said(t: T, problems: Problems) {
  const found = Object.entries(problems).flatMap(([name, problem]) => {
    const text = problemText(t, problem)
    return text ? [[name, text] as const] : []
  })
  return {
    errors: Object.fromEntries(found),
    labels: Object.fromEntries(found.map(([name]) => [name, labelOf(t, name)])),
  }
}

function labelOf(t: T, name: string): string {
  const key = `people.form.${name}`
  return t.has(key) ? t(key) : name
}

type TextProps = { name: string; state: FormState; hint?: Key; wide?: boolean; optional?: boolean; type?: string }

function Text({ name, state, hint, optional = true, type = 'text' }: TextProps) {
  const t = useT()
  return (
    <Field
      name={name}
      label={labelOf(t, name)}
      defaultValue={state.typed[name] ?? ''}
      error={problemText(t, state.problems[name])}
      autoComplete="off"
      type={type}
      optional={optional}
      {...(hint ? { hint: t(hint) } : {})}
    />
  )
}

type ChoiceProps = {
  name: string
  state: FormState
  none: Key
  of: readonly { readonly value: string; readonly label: string }[]
  optional?: boolean
}

function Choose({ name, state, none, of, optional = true }: ChoiceProps) {
  const t = useT()
  return (
    <Field
      as="select"
      name={name}
      label={labelOf(t, name)}
      defaultValue={state.typed[name] ?? ''}
      error={problemText(t, state.problems[name])}
      optional={optional}
    >
      <option value="">{t(none)}</option>
      {of.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </Field>
  )
}

function NameGroup({ state }: { state: FormState }) {
  const t = useT()
  const { typed, problems } = state
  const standard = problems.name?.code === 'private_use' ? problems.name.facts : null
  return (
    <Card title={t('people.form.group_name')}>
      <div className="flds">
        <div className="full">
          <Text name="name" state={state} hint="people.form.name_hint" optional={false} />
          {standard ? (
            <p className="row">
              <Button small name="intent" value="standard">
                {t('people.form.use_standard', {
                  character: standard.offered ?? '',
                  code: standard.offeredPoint ?? '',
                })}
              </Button>
            </p>
          ) : null}
          <CharacterFinder
            query={typed.characterQuery ?? ''}
            answer={state.answer}
            inserted={state.inserted}
            into="name"
          />
          <ProposeReading />
        </div>
        <Text name="staffNumber" state={state} hint="people.form.staffNumber_hint" optional={false} />
        <Text name="reading" state={state} hint="people.form.reading_hint" />
        <Text name="initials" state={state} />
        <Text name="nameEn" state={state} />
        <Text name="nameOnCard" state={state} hint="people.form.nameOnCard_hint" />
        <Text name="nameNote" state={state} hint="people.form.nameNote_hint" />
      </div>
    </Card>
  )
}

function PersonGroup({ state, model }: Props) {
  const t = useT()
  return (
    <Card title={t('people.form.group_person')}>
      <div className="flds">
        <Choose
          name="identityKind"
          state={state}
          none="people.form.choose"
          of={identityKinds.map((value) => ({ value, label: kindText(t, value) }))}
          optional={false}
        />
        <Choose
          name="politicalStatus"
          state={state}
          none="people.form.none"
          of={politicalStatuses.map((value) => ({ value, label: value }))}
        />
        <Choose
          name="gender"
          state={state}
          none="people.form.none"
          of={genders.map((value) => ({ value, label: t(`people.gender.${value}`) }))}
        />
        <Text name="bornMonth" state={state} hint="people.form.month_hint" />
        <Sealed name="idNumber" state={state} kept={model.kept.idNumber} />
        <Sealed name="phone" state={state} kept={model.kept.phone} />
      </div>
    </Card>
  )
}

/** A number that is stored encrypted: the form never shows it, says what is there and can take it away. */
function Sealed({ name, state, kept }: { name: 'phone' | 'idNumber'; state: FormState; kept: string | null }) {
  const t = useT()
  return (
    <div>
      <Field
        name={name}
        label={labelOf(t, name)}
        defaultValue={state.typed[name] ?? ''}
        error={problemText(t, state.problems[name])}
        autoComplete="off"
        optional
        hint={kept ? t('people.form.kept', { value: kept }) : t(`people.form.${name}_hint`)}
        inputMode={name === 'phone' ? 'tel' : 'text'}
      />
      {kept ? (
        <label className="tick">
          <input type="checkbox" name={`${name}Remove`} defaultChecked={state.typed[`${name}Remove`] === 'on'} />{' '}
          {t(`people.form.${name}Remove`)}
        </label>
      ) : null}
    </div>
  )
}

function WorkGroup({ state }: { state: FormState }) {
  const t = useT()
  return (
    <Card title={t('people.form.group_work')}>
      <div className="flds">
        <div className="full">
          <Text name="title" state={state} hint="people.form.title_hint" />
        </div>
        <div className="full">
          <Text name="duties" state={state} />
        </div>
        <Text name="rankSince" state={state} hint="people.form.month_hint" />
        <Text name="workSince" state={state} hint="people.form.month_hint" />
        <Text name="education" state={state} />
        <Choose
          name="postCategory"
          state={state}
          none="people.form.none"
          of={postCategories.map((value) => ({ value, label: t(`people.category.${value}`) }))}
        />
        <Text name="postGrade" state={state} hint="people.form.postGrade_hint" />
      </div>
    </Card>
  )
}

function PostingGroup({ state, model }: Props) {
  const t = useT()
  return (
    <Card title={t('people.form.group_posting')}>
      <p className="sub sm lead">{t('people.form.group_posting_hint')}</p>
      <div className="flds">
        <Choose name="unitId" state={state} none="people.form.no_unit" of={unitOptions(t, model.choices)} />
        <Text name="startsOn" state={state} type="date" />
        <Text name="dueOn" state={state} type="date" />
        <Text name="documentNumber" state={state} />
        <Text name="documentOn" state={state} type="date" />
        <Choose
          name="post"
          state={state}
          none="people.form.no_post"
          of={posts.map((value) => ({ value, label: t(`attendance.post.${value}`) }))}
        />
        <Choose name="windowId" state={state} none="people.form.no_window" of={windowOptions(t, model.choices)} />
      </div>
    </Card>
  )
}
