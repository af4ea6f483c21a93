import type { CivilDay } from '#app/domain/attendance/day.ts'
import {
  type NumberPath,
  numberPaths,
  type RuleChange,
  type RulePath,
  type RuleProblem,
  type SwitchPath,
  type TypedRules,
} from '#app/domain/devices/device-rules-form.ts'
import { formatDay } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Card, Heading } from '#app/ui/card.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useMay } from './may.ts'
import { ReaderTabs } from './reader-tabs.tsx'

export type RulesLine = { readonly version: string; readonly name: string; readonly validFrom: CivilDay }

export type RulesPage = {
  /** What the fields hold: what was typed, or what is in force. */
  readonly typed: TypedRules
  readonly problems: readonly RuleProblem[]
  /** What saving would change; null before somebody asked. */
  readonly changes: readonly RuleChange[] | null
  readonly inForce: RulesLine | null
  readonly history: readonly RulesLine[]
  readonly saved: boolean
  readonly unchanged: boolean
}

const groups = ['clock', 'silence', 'queue', 'alternate'] as const
const switches: readonly SwitchPath[] = ['copy_templates', 'speak_greetings']
const longest = 40

function fieldName(t: T, path: RulePath): string {
  const key = `readerPage.rules.field.${path}`
  return t.has(key) ? t(key) : path
}

function hintOf(t: T, path: RulePath): string {
  const key = `readerPage.rules.hint.${path}`
  return t.has(key) ? t(key) : ''
}

/** The rules for readers: what holds, a form that explains each value, and what would change before it is saved. */
export function RulesView({ page }: { page: RulesPage }) {
  const t = useT()
  const may = useMay()
  const manages = may('readers.manage')
  return (
    <div className="ru">
      <Heading title={<Bilingual k="readerPage.rules.title" />} facts={t('readerPage.rules.facts')} />
      <ReaderTabs current="rules" />
      {page.saved ? <Alert tone="ok" title={t('readerPage.rules.saved')} /> : null}
      {page.unchanged ? <Alert tone="warn" title={t('readerPage.rules.error.unchanged')} urgent /> : null}
      <div className="lay">
        <div className="col">
          {page.changes === null || page.changes.length === 0 ? null : <Changes page={page} changes={page.changes} />}
          <Card title={<Bilingual k="readerPage.rules.current" />}>
            <p>{currentText(t, page.inForce)}</p>
            {manages ? null : <p className="mut">{t('readerPage.rules.read_only')}</p>}
            <Fields page={page} manages={manages} />
          </Card>
        </div>
        <div className="col">
          <History lines={page.history} />
        </div>
      </div>
    </div>
  )
}

function currentText(t: T, line: RulesLine | null): string {
  if (line === null) return t('readerPage.rules.default_name')
  const { name, version, validFrom } = line
  return t('readerPage.rules.in_force', { name, version, day: formatDay(validFrom, t.locale, 'full') })
}

function problemText(t: T, page: RulesPage, path: RulePath | 'name'): string | null {
  const found = page.problems.find((one) => one.path === path)
  return found === undefined ? null : t(`readerPage.rules.error.${found.code}`, { limit: found.limit })
}

function Fields({ page, manages }: { page: RulesPage; manages: boolean }) {
  const t = useT()
  const paths = [...numberPaths, 'name'] as const
  const errors = Object.fromEntries(paths.map((path) => [path, problemText(t, page, path) ?? undefined]))
  const labels = Object.fromEntries(
    paths.map((path) => [path, path === 'name' ? t('readerPage.rules.name') : fieldName(t, path)]),
  )
  return (
    <Form action="/readers/rules" errors={errors} labels={labels}>
      {groups.map((group) => (
        <fieldset key={group} disabled={!manages}>
          <legend>{t(`readerPage.rules.group.${group}`)}</legend>
          <div className="pair">
            {numberPaths
              .filter((path) => path.startsWith(`${group}.`))
              .map((path) => (
                <NumberField key={path} path={path} page={page} />
              ))}
          </div>
        </fieldset>
      ))}
      {switches.map((path) => (
        <fieldset key={path} disabled={!manages}>
          <legend>
            {t(path === 'copy_templates' ? 'readerPage.rules.group.templates' : 'readerPage.rules.group.screen')}
          </legend>
          <label className="sw">
            <input type="checkbox" name={path} value="on" defaultChecked={page.typed[path] === 'on'} />{' '}
            {fieldName(t, path)}
          </label>
          <p className="hint">{hintOf(t, path)}</p>
        </fieldset>
      ))}
      {manages ? (
        <>
          <Field
            name="name"
            label={t('readerPage.rules.name')}
            hint={t('readerPage.rules.name_hint')}
            defaultValue={page.typed.name ?? ''}
            error={problemText(t, page, 'name')}
            maxLength={longest * 2}
            autoComplete="off"
          />
          <p className="acts">
            <Button look={page.changes === null ? 'primary' : 'plain'} name="intent" value="check">
              {t('readerPage.rules.check')}
            </Button>
          </p>
        </>
      ) : null}
    </Form>
  )
}

function NumberField({ path, page }: { path: NumberPath; page: RulesPage }) {
  const t = useT()
  return (
    <Field
      name={path}
      label={fieldName(t, path)}
      hint={hintOf(t, path)}
      defaultValue={page.typed[path] ?? ''}
      error={problemText(t, page, path)}
      inputMode="numeric"
      autoComplete="off"
    />
  )
}

function shown(t: T, value: number | boolean): string {
  if (typeof value === 'number') return String(value)
  return t(value ? 'readerPage.rules.on' : 'readerPage.rules.off')
}

/** What saving would change; the typed values travel with the button, so that nothing is typed twice. */
function Changes({ page, changes }: { page: RulesPage; changes: readonly RuleChange[] }) {
  const t = useT()
  return (
    <Card title={t('readerPage.rules.changes')}>
      <ul>
        {changes.map(({ path, before, after }) => (
          <li key={path}>
            {t('readerPage.rules.change', {
              field: fieldName(t, path),
              before: shown(t, before),
              after: shown(t, after),
            })}
          </li>
        ))}
      </ul>
      <Form action="/readers/rules">
        {Object.entries(page.typed).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p className="acts">
          <Button look="primary" name="intent" value="save">
            {t('readerPage.rules.save')}
          </Button>
          <ButtonLink to="/readers/rules">{t('devices.readers.act.cancel')}</ButtonLink>
        </p>
      </Form>
    </Card>
  )
}

function History({ lines }: { lines: readonly RulesLine[] }) {
  const t = useT()
  return (
    <Card title={<Bilingual k="readerPage.rules.history" />}>
      {lines.length === 0 ? <p className="mut">{t('readerPage.rules.history_empty')}</p> : null}
      <ul>
        {lines.map(({ version, name, validFrom }) => (
          <li key={version}>
            {t('readerPage.rules.history_line', { day: formatDay(validFrom, t.locale, 'full'), version, name })}
          </li>
        ))}
      </ul>
    </Card>
  )
}
