import { Alert } from '#app/ui/alert.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { useT } from '#app/ui/locale.tsx'
import type { Words } from './autosave.ts'
import './papers.css'
import './mine.css'

export type Kept = {
  readonly code: 'signed_out' | 'form_token' | 'forbidden' | 'bad_request'
  readonly typed: Words
  readonly year: string
}

/** What a refused form held, so that nothing typed is lost with the refusal. */
export function KeptWords({ kept }: { kept: Kept }) {
  const t = useT()
  const page = `/papers/mine${/^\d{4}$/.test(kept.year) ? `?year=${kept.year}` : ''}`
  return (
    <div className="papers mine">
      <Heading title={t('assessment.mine.title')} />
      <div className="mine-top">
        <Alert
          tone="bad"
          urgent
          title={t('assessment.mine.kept.title')}
          action={
            <a
              className="btn sm"
              href={kept.code === 'signed_out' ? `/sign-in?to=${encodeURIComponent(page)}` : page}
              target="_blank"
              rel="noreferrer"
            >
              {t(kept.code === 'signed_out' ? 'assessment.mine.kept.sign_in' : 'assessment.mine.kept.open')}
            </a>
          }
        >
          {t(`assessment.mine.kept.${kept.code}`)}
        </Alert>
      </div>
      <Card>
        {(['summary', 'training'] as const).map((name) => (
          <div className="fld" key={name}>
            <label htmlFor={name}>{t(`assessment.mine.${name}`)}</label>
            <textarea
              className="in"
              id={name}
              rows={name === 'summary' ? 18 : 4}
              defaultValue={kept.typed[name]}
              readOnly
              lang="zh-CN"
            />
          </div>
        ))}
      </Card>
    </div>
  )
}
