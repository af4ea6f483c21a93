import type { ReactNode } from 'react'
import type { KioskGreeting, KioskSign } from '#app/domain/devices/greeting.ts'
import { formatTime } from '#app/i18n/format.ts'
import { pick, Under, useBoth } from './both.tsx'
import { postName } from './greeting-text.ts'
import { Name } from './name.tsx'

const shapes: Readonly<Record<KioskSign, string>> = {
  ok: 'ok',
  late: 'late',
  early: 'early',
  repeat: 'rest',
  noted: 'rest',
  official: 'off',
  leave: 'lv',
  pending: 'pend',
  rest: 'rest',
  unread: 'abs',
  lift: 'abs',
  manual: 'man',
}

/** One sign in the shape of its family; the word is there for screen readers. */
export function SmallSign({ sign }: { sign: KioskSign }) {
  const { t } = useBoth()
  const word = t(sign === 'manual' ? 'alternates.kiosk.sign.manual' : `devices.kiosk.sign.${sign}`)
  return (
    <>
      <span className={`mk ${shapes[sign]}`} title={word} aria-hidden="true">
        {t(sign === 'manual' ? 'alternates.kiosk.char.claim_confirmed' : `devices.kiosk.char.${sign}`)}
      </span>
      <span className="vh">{word}</span>
    </>
  )
}

/** The last punches, newest first, and what the signs mean. */
export function KioskList({ recent, children }: { recent: readonly KioskGreeting[]; children: ReactNode }) {
  const { t } = useBoth()
  return (
    <aside className="kr">
      <h2>
        {t('devices.kiosk.recent')} <Under k="devices.kiosk.recent_short" />
      </h2>
      {recent.length === 0 ? (
        <p className="none">
          {t('devices.kiosk.recent_empty')} <Under k="devices.kiosk.recent_empty" block />
        </p>
      ) : (
        <table className="ps" aria-label={t('devices.kiosk.recent')}>
          <colgroup>
            <col className="t" />
            <col className="n" />
            <col />
            <col className="m" />
          </colgroup>
          <tbody>
            {recent.map((punch) => (
              <Row key={punch.key} punch={punch} />
            ))}
          </tbody>
        </table>
      )}
      <div className="below">
        {children}
        <Legend />
      </div>
    </aside>
  )
}

function Row({ punch }: { punch: KioskGreeting }) {
  const { t } = useBoth()
  const { person } = punch
  const name = person?.name ?? t('devices.kiosk.unknown_person')
  const window = person?.window ?? null
  const where =
    window !== null
      ? `${window.number} ${pick(t, window.name, window.nameEn)}`
      : person?.post
        ? postName(t, person.post)
        : ''
  const length = [...name].length
  const endless = length > 16
  return (
    <tr>
      <td className="t num">{formatTime(punch.second, 'second')}</td>
      <th scope="row" colSpan={endless ? 2 : 1} className={endless ? 'n endless' : length > 8 ? 'n long' : 'n'}>
        <Name name={name} /> {endless ? <span className="w">{where}</span> : null}
      </th>
      {endless ? null : <td className="w">{where}</td>}
      <td className="m">
        <SmallSign sign={punch.sign} />
      </td>
    </tr>
  )
}

const legend = ['ok', 'late', 'official', 'leave', 'pending', 'unread'] as const

function Legend() {
  const { t } = useBoth()
  return (
    <ul className="lg" aria-label={t('devices.kiosk.legend.label')}>
      {legend.map((sign) => (
        <li key={sign}>
          <span className={`mk ${shapes[sign]}`} aria-hidden="true">
            {t(`devices.kiosk.char.${sign}`)}
          </span>
          {t(`devices.kiosk.legend.${sign}`)} <Under k={`devices.kiosk.legend.${sign}`} />
        </li>
      ))}
    </ul>
  )
}
