import './terminals.css'
import { Link } from '@remix-run/react'
import type { ImportCounts } from '#app/domain/devices/terminal-import.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { ReaderTabs } from '#app/ui/readers/reader-tabs.tsx'
import { ImportFindings } from './import-findings.tsx'
import { ImportForm, type Target } from './import-form.tsx'
import { ImportStore } from './import-store.tsx'

export type UploadAnswer = {
  readonly problem: string
  readonly facts: Readonly<Record<string, string | number>>
  readonly typed: { readonly target: string; readonly serial: string; readonly name: string; readonly offset: string }
}

export type Import = {
  readonly id: string
  readonly createdMs: number
  readonly storedMs: number | null
  readonly counts: ImportCounts
  readonly source: { readonly id: string; readonly name: string; readonly nameEn: string; readonly serial: string }
  readonly utcOffsetMinutes: number
  readonly file: { readonly name: string; readonly size: number }
}

export type Stage = 'preview' | 'storing' | 'broken' | 'stored'

type PageProps = {
  zone: string
  targets: readonly Target[]
  imports: readonly Import[]
  opened: Import | null
  stage: Stage | null
  done: string | null
  refused: string | null
  rules: boolean
  answer: UploadAnswer | null
}

/** A terminal's records from a memory stick 导入终端记录: uploaded, looked at, stored. */
export function ImportPage({ zone, targets, imports, opened, stage, done, refused, rules, answer }: PageProps) {
  const t = useT()
  const refusedKey = `terminals.import.refused.${refused}`
  return (
    <div className="tm">
      <Heading title={<Bilingual k="terminals.import.title" />} facts={t('terminals.import.facts')}>
        {opened ? <ButtonLink to="/readers/import">{t('terminals.import.another')}</ButtonLink> : null}
      </Heading>
      <ReaderTabs current="import" />
      {done === 'discarded' ? <Alert tone="ok" title={t('terminals.import.discarded')} /> : null}
      {t.has(refusedKey) ? <Alert tone="warn" title={t(refusedKey)} urgent /> : null}
      <Steps stage={stage} />
      <div className="lay">
        <div className="col">
          {opened && stage ? (
            <ImportFindings opened={opened} stage={stage} zone={zone} />
          ) : (
            <ImportForm targets={targets} answer={answer} />
          )}
        </div>
        <div className="col">
          {opened && stage ? <ImportStore opened={opened} stage={stage} rules={rules} /> : <Where />}
          <Earlier imports={imports} zone={zone} />
        </div>
      </div>
    </div>
  )
}

const steps = ['upload', 'check', 'store'] as const

function Steps({ stage }: { stage: Stage | null }) {
  const t = useT()
  const at = stage === null ? 0 : stage === 'preview' || stage === 'broken' ? 1 : stage === 'storing' ? 2 : 3
  return (
    <section className="card">
      <ol className="steps">
        {steps.map((step, index) => (
          <li
            key={step}
            className={index < at ? 'done' : index === at ? 'now' : ''}
            {...(index === at ? { 'aria-current': 'step' as const } : {})}
          >
            {t(`terminals.import.step.${step}`)}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Where() {
  const t = useT()
  return (
    <Card title={t('terminals.import.where')}>
      <p>{t('terminals.import.where_text')}</p>
    </Card>
  )
}

function Earlier({ imports, zone }: { imports: readonly Import[]; zone: string }) {
  const t = useT()
  return (
    <Card title={t('terminals.import.earlier')}>
      {imports.length === 0 ? <p className="sub">{t('terminals.import.earlier_none')}</p> : null}
      <ul className="earlier">
        {imports.map(({ id, file, createdMs, counts }) => (
          <li key={id}>
            <Link to={`/readers/import?id=${id}`} className="raw">
              {file.name}
            </Link>
            <div className="xs mut">
              {formatInstant(createdMs, zone, t.locale)}{' '}
              {counts.result
                ? t('terminals.import.earlier_stored', { ...counts.result })
                : t('terminals.import.earlier_open')}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
