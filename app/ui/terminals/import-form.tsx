import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button } from '#app/ui/button.tsx'
import { Card } from '#app/ui/card.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { Field } from '#app/ui/field.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import type { UploadAnswer } from './import-page.tsx'

export type Target = { readonly id: string; readonly serial: string; readonly name: string; readonly nameEn: string }

const fieldOf: Readonly<Record<string, string>> = {
  target_missing: 'target',
  serial_bad: 'serial',
  serial_taken: 'serial',
  name_missing: 'name',
  offset_bad: 'offset',
}

function problemText(t: T, { problem, facts }: UploadAnswer): string {
  const key = problem === 'target_missing' && facts.serial !== '' ? 'target_serial' : problem
  const full = `terminals.import.refused.${key}`
  return t.has(full) ? t(full, { ...facts }) : problem
}

/** The file and whose records it holds. A browser cannot keep a chosen file, so that it is asked for again after a refusal. */
export function ImportForm({ targets, answer }: { targets: readonly Target[]; answer: UploadAnswer | null }) {
  const t = useT()
  const csrf = useRootData()?.csrf
  const typed = answer?.typed ?? { target: '', serial: '', name: '', offset: '+08:00' }
  const field = answer ? (fieldOf[answer.problem] ?? 'file') : ''
  const text = answer ? problemText(t, answer) : ''
  const errorOf = (name: string) => (field === name ? text : null)
  return (
    <Card>
      <form method="post" action="/readers/import" encType="multipart/form-data" className="frm" noValidate>
        {csrf ? <input type="hidden" name="csrf" value={csrf} /> : null}
        {answer ? <Alert tone="bad" title={<a href={`#${field}`}>{text}</a>} urgent /> : null}
        <Alert tone="info" title={t('terminals.import.none')}>
          {t('terminals.import.no_undo')}
        </Alert>
        <Field
          name="file"
          type="file"
          accept=".dat,.txt,.csv,text/plain"
          label={t('terminals.import.file')}
          hint={t('terminals.import.file_hint')}
          error={errorOf('file')}
        />
        <Field
          as="select"
          name="target"
          label={t('terminals.import.target')}
          hint={t('terminals.import.target_hint')}
          defaultValue={typed.target}
          error={errorOf('target')}
        >
          <option value="">{t('terminals.import.by_name')}</option>
          {targets.map((target) => (
            <option key={target.id} value={target.id}>
              {`${pick(t, target.name, target.nameEn)} ${target.serial}`}
            </option>
          ))}
          <option value="new">{t('terminals.import.new')}</option>
        </Field>
        <NewTerminal typed={typed} errorOf={errorOf} />
        <p className="foot">
          <Button look="primary" name="intent" value="upload">
            {t('terminals.import.submit')}
          </Button>
        </p>
      </form>
    </Card>
  )
}

type NewProps = { typed: UploadAnswer['typed']; errorOf: (name: string) => string | null }

function NewTerminal({ typed, errorOf }: NewProps) {
  const t = useT()
  return (
    <fieldset>
      <legend>{t('terminals.import.new_part')}</legend>
      <Field
        name="serial"
        label={t('terminals.allow.serial')}
        hint={t('terminals.allow.serial_hint')}
        defaultValue={typed.serial}
        error={errorOf('serial')}
        maxLength={64}
        autoComplete="off"
        optional
      />
      <Field
        name="name"
        label={t('terminals.allow.name')}
        hint={t('terminals.allow.name_hint')}
        defaultValue={typed.name}
        error={errorOf('name')}
        maxLength={80}
        autoComplete="off"
        optional
      />
      <Field
        name="offset"
        label={t('terminals.allow.offset')}
        defaultValue={typed.offset}
        error={errorOf('offset')}
        maxLength={9}
        autoComplete="off"
        optional
      />
    </fieldset>
  )
}
