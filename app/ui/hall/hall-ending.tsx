import { Link } from '@remix-run/react'
import type { Ending } from '#app/domain/hall/view.ts'
import { Consequence } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { useMessages } from './hall-form.tsx'
import { useBothNames } from './hall-tables.tsx'
import type { HallRecordModel, Problems } from './model.ts'

type Props = {
  model: HallRecordModel
  ending: { readonly on: string; readonly found: Ending }
  problems: Problems
}

/** The question before the end: who is still there, what will follow; only then the button. */
export function HallEnding({ model, ending, problems }: Props) {
  const t = useT()
  const both = useBothNames()
  const errors = useMessages(problems)
  const { kind, id } = model
  const { on, found } = ending
  const blocked = found.blockers.length > 0
  return (
    <Card title={t(`hall.end.ask_${kind}`, { name: both(model.name, model.nameEn) })}>
      {blocked ? <Blockers blockers={found.blockers} /> : null}
      <p className="lb">{t('hall.end.after')}</p>
      <ul className="cons">
        {found.consequences.map(({ code, facts }) => {
          const key = `hall.consequence.${code}`
          return (
            <Consequence key={`${code}${facts.name ?? ''}`} tone={code === 'group_left_empty' ? 'warn' : 'info'}>
              {t.has(key) ? t(key, facts) : code}
            </Consequence>
          )
        })}
      </ul>
      <Form action={`/hall/${kind}/${id}?act=end&on=${on}`} errors={errors} labels={{ on: t('hall.end.on') }}>
        {kind === 'groups' ? null : (
          <Field
            name="on"
            type="date"
            label={t('hall.end.on')}
            hint={t('hall.end.on_hint')}
            error={errors.on}
            defaultValue={on}
          />
        )}
        <div className="foot">
          {kind === 'groups' ? null : (
            <Button name="intent" value="look">
              {t('hall.end.check')}
            </Button>
          )}
          <Button name="intent" value="end" look="danger" disabled={blocked}>
            {t(`hall.end.${kind}`)}
          </Button>
          <ButtonLink to={`/hall/${kind}/${id}`}>{t('common.dialog.cancel')}</ButtonLink>
        </div>
      </Form>
    </Card>
  )
}

function Blockers({ blockers }: { blockers: Ending['blockers'] }) {
  const t = useT()
  return (
    <>
      <p className="lb">{t('hall.end.still')}</p>
      <ul className="cons">
        {blockers.map(({ code, facts, people }) => {
          const key = `hall.blocker.${code}`
          return (
            <Consequence key={code} tone="bad">
              {t.has(key) ? t(key, facts) : code}
              <span className="who">
                {people.map((person) => (
                  <Link key={person.id} to={`/people/${person.id}`}>
                    <PersonName name={person.name} />
                  </Link>
                ))}
              </span>
            </Consequence>
          )
        })}
      </ul>
    </>
  )
}
