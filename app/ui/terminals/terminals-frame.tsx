import type { TerminalsView } from '#app/domain/devices/terminals-view.ts'
import { Alert } from '#app/ui/alert.tsx'
import type { FormErrors } from '#app/ui/form.tsx'
import { useT } from '#app/ui/locale.tsx'
import { AllowDialog, type AllowTyped, AskDialog, EraseDialog, StopDialog } from './terminal-dialogs.tsx'
import { type Server, TerminalsPage } from './terminals-page.tsx'

type Zone = { readonly id: string; readonly code: string; readonly name: string; readonly nameEn: string }

type Open = {
  readonly act: 'allow' | 'ask' | 'stop' | 'erase'
  readonly about: string
  readonly pin: string
  readonly bad: boolean
}

type FrameProps = {
  view: TerminalsView
  manages: boolean
  imports: boolean
  server: Server
  open: Open | null
  zones: readonly Zone[]
  /** The centre's own distance from UTC, as it is written. */
  offset: string
  today: string
  done: string | null
  problem: string | null
  typed: AllowTyped | null
}

/** Which field a problem belongs to; what belongs to none stands over the form. */
const fieldOf: Readonly<Record<string, string>> = {
  serial_bad: 'serial',
  serial_taken: 'serial',
  serial_elsewhere: 'serial',
  name_missing: 'name',
  offset_bad: 'offset',
  zone_unknown: 'zoneId',
  day_missing: 'from',
  day_ahead: 'from',
  pin_missing: 'pin',
}

/** The page with what was just done above it and the question that is open over it. */
export function TerminalsFrame({ done, problem, open, ...page }: FrameProps) {
  const t = useT()
  const doneKey = `terminals.done.${done}`
  const code = problem ?? (open?.bad ? 'pin_missing' : null)
  const key = `terminals.problem.${code}`
  const errors: FormErrors = code !== null && t.has(key) ? { [fieldOf[code] ?? '']: t(key) } : {}
  return (
    <div className="tm">
      {t.has(doneKey) ? <Alert tone="ok" title={t(doneKey)} /> : null}
      {open === null ? null : <Question open={open} errors={errors} {...page} />}
      <TerminalsPage {...page} />
    </div>
  )
}

type QuestionProps = Pick<FrameProps, 'view' | 'zones' | 'offset' | 'today' | 'typed'> & {
  open: Open
  errors: FormErrors
}

function Question({ open, errors, view, zones, offset, today, typed }: QuestionProps) {
  if (open.act === 'allow') {
    const before = view.terminals.find((one) => one.serial === open.about)
    const blank = { serial: open.about, name: before?.name ?? '', nameEn: before?.nameEn ?? '', zoneId: '', offset }
    return <AllowDialog typed={typed ?? blank} zones={zones} errors={errors} />
  }
  const terminal = view.terminals.find((one) => one.id === open.about && !one.retired)
  if (terminal === undefined) return null
  if (open.act === 'stop') return <StopDialog terminal={terminal} />
  if (open.act === 'erase') return <EraseDialog terminal={terminal} pin={open.pin} />
  return <AskDialog terminal={terminal} errors={errors} today={today} />
}
