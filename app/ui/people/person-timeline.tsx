import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Empty } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import type { ActName, Moment } from './person-model.ts'

const starts: readonly ActName[] = ['start_posting', 'start_post', 'appoint_chief', 'start_group']

type Props = { id: string; moments: readonly Moment[]; manages: boolean }

/** The person's time here; what can be begun stands below, what can be ended beside it. */
export function PersonTimeline({ id, moments, manages }: Props) {
  const t = useT()
  const footer = manages ? (
    <span className="row acts">
      {starts.map((act) => (
        <ButtonLink key={act} to={`/people/${id}?act=${act}`} small>
          {t(`people.act.${act}`)}
        </ButtonLink>
      ))}
    </span>
  ) : null
  return (
    <Card title={<Bilingual k="people.page.postings" />} footer={footer}>
      {moments.length === 0 ? (
        <Empty title={t('people.page.no_postings')}>{t('people.page.no_postings_means')}</Empty>
      ) : (
        <ol className="tl">
          {moments.map((moment) => (
            <li key={moment.key} className={moment.state === 'later' ? '' : moment.state}>
              <span className="time">{moment.time}</span>
              <b>{moment.title}</b>
              {moment.lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
              {manages && moment.acts.length > 0 ? <Acts id={id} acts={moment.acts} /> : null}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

function Acts({ id, acts }: { id: string; acts: Moment['acts'] }) {
  const t = useT()
  return (
    <span className="row acts">
      {acts.map(({ act, id: on }) => (
        <ButtonLink key={act} to={`/people/${id}?act=${act}&on=${on}`} look="ghost" small>
          {t(`people.act.${act}`)}
        </ButtonLink>
      ))}
    </span>
  )
}
