import { ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import type { RollModel } from '#app/ui/today/roll-model.ts'
import './roll.css'

const columns = ['number', 'name', 'staff_number', 'window', 'post', 'state', 'arrived', 'roll_call', 'note'] as const

/** The roll sheet 点名表: a list to walk the hall with, on paper. */
export function RollPage({ model }: { model: RollModel }) {
  const t = useT()
  const centre = useRootData()?.centre
  const name = (t.locale === 'en' ? centre?.nameEn : centre?.name) ?? ''
  return (
    <div className="roll">
      <Heading
        title={<Bilingual k="attendance.roll.title" />}
        facts={t('attendance.roll.subtitle', { centre: name, day: model.day, time: model.now })}
      >
        <ButtonLink small to="/today">
          {t('attendance.roll.back')}
        </ButtonLink>
      </Heading>
      <p className="sub sm no-print">{t('attendance.roll.print_hint')}</p>
      {/* biome-ignore lint/a11y: a group, not a landmark, that scrolls by keyboard */}
      <div className="tw" role="group" tabIndex={0} aria-labelledby="roll-caption">
        <table className="tb">
          <caption className="vh" id="roll-caption">
            {t('attendance.roll.title')}
          </caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col" key={column} className={`c-${column}`}>
                  {t(`attendance.roll.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.lines.map((line, index) => (
              <tr key={line.id}>
                <td>{index + 1}</td>
                <th scope="row">
                  <PersonName name={line.name} />
                </th>
                <td>{line.staffNumber}</td>
                <td>{line.window}</td>
                <td>{line.post}</td>
                <td>{line.state}</td>
                <td>{line.arrived}</td>
                <td className="box" />
                <td className="box" />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="rf">
        <span>{t('attendance.roll.count', { count: model.lines.length })}</span>
        <span className="sg">{t('attendance.roll.sign')}</span>
      </p>
    </div>
  )
}
