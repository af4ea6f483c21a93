import { Fragment, type ReactNode } from 'react'
import { Card } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { Sealed } from './person-head.tsx'
import type { PersonModel } from './person-page.tsx'
import { kindText, readingText } from './words.ts'

type Row = readonly [key: string, label: string, value: ReactNode]

/** The record value by value; what belongs to the personnel office only is said to be so. */
export function PersonFacts({ model }: { model: PersonModel }) {
  const t = useT()
  const { record } = model
  const { personnel } = record
  return (
    <div className="facts2">
      <Card title={t('people.form.group_name')}>
        <Rows
          rows={[
            ['name', t('people.form.name'), <PersonName key="n" name={record.name} />],
            ['reading', t('people.form.reading'), readingText(record.reading)],
            ['initials', t('people.form.initials'), record.initials],
            ['nameEn', t('people.form.nameEn'), record.nameEn],
            ['nameOnCard', t('people.form.nameOnCard'), personnel?.nameOnCard],
            ['nameNote', t('people.form.nameNote'), record.nameNote],
            ['staffNumber', t('people.form.staffNumber'), record.staffNumber],
          ]}
        />
      </Card>
      <Card title={t('people.form.group_work')}>
        <Rows
          rows={[
            ['title', t('people.form.title'), record.title],
            ['duties', t('people.form.duties'), record.duties],
            ['rankSince', t('people.form.rankSince'), personnel?.rankSince],
            ['workSince', t('people.form.workSince'), personnel?.workSince],
            ['education', t('people.form.education'), personnel?.education],
            [
              'postCategory',
              t('people.form.postCategory'),
              personnel?.postCategory ? t(`people.category.${personnel.postCategory}`) : null,
            ],
            ['postGrade', t('people.form.postGrade'), personnel?.postGrade],
          ]}
        />
      </Card>
      <Card title={t('people.form.group_person')}>
        {personnel ? (
          <Rows
            rows={[
              ['identityKind', t('people.form.identityKind'), kindText(t, record.identityKind)],
              ['politicalStatus', t('people.form.politicalStatus'), personnel.politicalStatus],
              ['gender', t('people.form.gender'), personnel.gender ? t(`people.gender.${personnel.gender}`) : null],
              ['bornMonth', t('people.form.bornMonth'), personnel.bornMonth],
              [
                'idNumber',
                t('people.form.idNumber'),
                <Sealed key="i" model={model} field="idNumber" masked={personnel.idNumberMasked} />,
              ],
              [
                'phone',
                t('people.form.phone'),
                <Sealed key="p" model={model} field="phone" masked={personnel.phoneMasked} />,
              ],
            ]}
          />
        ) : (
          <p className="sub sm">{t('people.page.restricted')}</p>
        )}
      </Card>
    </div>
  )
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const t = useT()
  return (
    <dl className="kv">
      {rows.map(([key, label, value]) => (
        <Fragment key={key}>
          <dt>{label}</dt>
          <dd>{value || <span className="mut">{t('people.page.not_filled')}</span>}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
