import type { ReactNode } from 'react'
import { Badge } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { Mark } from '#app/ui/mark.tsx'
import type { LineView, TodayModel } from '#app/ui/today/model.ts'

/** Beside the windows: what to do now, who is out, who just came. */
export function Side({ model, children }: { model: TodayModel; children: ReactNode }) {
  const t = useT()
  return (
    <aside className="side">
      {children}
      <div className="acting">
        <Card title={<Bilingual k="attendance.today.act.title" />} extra={<b>{model.acts.length}</b>}>
          <Acts model={model} />
        </Card>
      </div>
      <Card title={<Bilingual k="attendance.today.back.title" />}>
        <Lines lines={model.out} none={t('attendance.today.back.none')} />
      </Card>
      <Card
        title={<Bilingual k="attendance.today.feed.title" />}
        extra={<LiveRefresh href="/today/events" everyMs={500} />}
      >
        <div aria-live="polite">
          <Lines lines={model.feed} none={t('attendance.today.feed.none')} />
        </div>
      </Card>
    </aside>
  )
}

function Acts({ model: { acts, staffed } }: { model: TodayModel }) {
  const t = useT()
  if (acts.length === 0) {
    return (
      <p className="calm">
        <b>{t('attendance.today.act.none')}</b> {staffed ? t('attendance.today.act.none_more') : null}
      </p>
    )
  }
  return (
    <ul className="todo">
      {acts.map((act) => (
        <li key={act.key}>
          <Badge tone={act.tone}>{act.label}</Badge> <b>{act.subject}</b> {act.rest}
          <div className="sub">{act.facts}</div>
          {act.links.length > 0 ? (
            <div className="a">
              {act.links.map((link) =>
                link.to.startsWith('tel:') ? (
                  <a className="btn sm" href={link.to} key={link.to}>
                    {link.text}
                  </a>
                ) : (
                  <ButtonLink small to={link.to} key={link.to}>
                    {link.text}
                  </ButtonLink>
                ),
              )}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function Lines({ lines, none }: { lines: readonly LineView[]; none: string }) {
  if (lines.length === 0) return <p className="calm">{none}</p>
  return (
    <table className="feed">
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <td>{line.time}</td>
            <th scope="row">
              <b>{line.name}</b> {line.note}
            </th>
            <td className="r">{line.mark ? <Mark id={line.mark} /> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
