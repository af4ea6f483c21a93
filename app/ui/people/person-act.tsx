import { useNavigate } from '@remix-run/react'
import { assessmentModes, endReasons } from '#app/domain/people/choices.ts'
import { posts } from '#app/domain/people/person.ts'
import type { PersonRecord } from '#app/domain/people/record.ts'
import type { T } from '#app/i18n/translator.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { type Option, type PostingChoices, unitOptions, windowOptions } from './options.ts'
import { type ActName, subjectOf } from './person-model.ts'
import { type Problems, problemText } from './words.ts'

export type ActModel = {
  readonly act: ActName
  /** The posting, post, appointment or membership it is about; '' for a new one. */
  readonly on: string
  readonly typed: Readonly<Record<string, string>>
  readonly problems: Problems
  /** The posting as the form was drawn from it, so that nobody overwrites what he has not seen. */
  readonly seen: string
  readonly choices: PostingChoices
}

type Name =
  | 'unitId'
  | 'startsOn'
  | 'endsOn'
  | 'dueOn'
  | 'documentNumber'
  | 'documentOn'
  | 'assessmentMode'
  | 'endReason'
  | 'note'
  | 'post'
  | 'windowId'
  | 'group'

const fields: Readonly<Record<ActName, readonly Name[]>> = {
  start_posting: ['unitId', 'startsOn', 'dueOn', 'documentNumber', 'documentOn', 'assessmentMode', 'note'],
  edit_posting: ['unitId', 'startsOn', 'endsOn', 'dueOn', 'documentNumber', 'documentOn', 'assessmentMode', 'note'],
  end_posting: ['endsOn', 'endReason', 'note'],
  start_post: ['post', 'windowId', 'startsOn', 'endsOn'],
  end_post: ['endsOn'],
  appoint_chief: ['windowId', 'startsOn', 'endsOn'],
  end_chief: ['endsOn'],
  start_group: ['group', 'startsOn', 'endsOn'],
  end_group: ['endsOn'],
}

const days: readonly Name[] = ['startsOn', 'endsOn', 'dueOn', 'documentOn']

/** What is done to a posting, a post or an appointment: a dialog over the page, and a page of its own without script. */
export function PersonAct({ model, record }: { model: ActModel; record: PersonRecord }) {
  const t = useT()
  const navigate = useNavigate()
  const back = `/people/${record.id}`
  const { act, on, problems } = model
  const what = subjectOf(t, record, on)
  const found = Object.entries(problems).flatMap(([name, problem]) => {
    const text = problemText(t, problem)
    return text ? [[name, text] as const] : []
  })
  const labels = Object.fromEntries(fields[act].map((name) => [name, t(`people.act.field.${name}`)]))
  return (
    <Dialog
      title={t(`people.act.title.${act}`, { name: record.name, what })}
      modal
      onClose={() => navigate(back)}
      actions={null}
    >
      <ul className="cons">
        <Consequence tone={act.startsWith('end') ? 'warn' : 'info'}>{t(`people.act.effect.${act}`)}</Consequence>
      </ul>
      <Form action={`${back}?act=${act}${on ? `&on=${on}` : ''}`} errors={Object.fromEntries(found)} labels={labels}>
        <input type="hidden" name="on" value={on} />
        <input type="hidden" name="seen" value={model.seen} />
        <div className="flds">
          {fields[act].map((name) => (
            <ActField key={name} name={name} model={model} />
          ))}
        </div>
        <p className="foot">
          <Button look={act.startsWith('end') ? 'danger' : 'primary'} name="intent" value={act}>
            {t(`people.act.save.${act}`)}
          </Button>
          <ButtonLink to={back}>{t('people.act.cancel')}</ButtonLink>
        </p>
      </Form>
    </Dialog>
  )
}

/** Fields that an act cannot do without. */
function needed(act: ActName, name: Name): boolean {
  if (name === 'endsOn') return act.startsWith('end_')
  return (
    ['unitId', 'startsOn', 'endReason', 'post', 'group'].includes(name) ||
    (name === 'windowId' && act === 'appoint_chief')
  )
}

function ActField({ name, model }: { name: Name; model: ActModel }) {
  const t = useT()
  const { act, typed, problems, choices } = model
  const options = optionsOf(t, name, choices)
  const common = {
    name,
    label: t(`people.act.field.${name}`),
    defaultValue: typed[name] ?? '',
    error: problemText(t, problems[name]),
    optional: !needed(act, name),
  }
  if (options)
    return (
      <Field as="select" {...common}>
        <option value="">{t(emptyOf(name))}</option>
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </Field>
    )
  if (name === 'note') return <Field as="textarea" rows={2} {...common} />
  const hint = hintOf(t, act, name)
  return (
    <Field type={days.includes(name) ? 'date' : 'text'} autoComplete="off" {...common} {...(hint ? { hint } : {})} />
  )
}

function emptyOf(name: Name) {
  if (name === 'windowId') return 'people.form.no_window' as const
  return name === 'assessmentMode' ? ('people.mode.unit' as const) : ('people.form.choose' as const)
}

function hintOf(t: T, act: ActName, name: Name): string | null {
  if (name === 'dueOn') return t('people.act.due_hint')
  return name === 'endsOn' && !act.startsWith('end_') ? t('people.act.ends_hint') : null
}

function optionsOf(t: T, name: Name, choices: PostingChoices): readonly Option[] | null {
  if (name === 'unitId') return unitOptions(t, choices)
  if (name === 'windowId') return windowOptions(t, choices)
  if (name === 'post') return posts.map((value) => ({ value, label: t(`attendance.post.${value}`) }))
  if (name === 'assessmentMode') return assessmentModes.map((value) => ({ value, label: t(`people.mode.${value}`) }))
  if (name === 'endReason') return endReasons.map((value) => ({ value, label: t(`people.end_reason.${value}`) }))
  return null
}
