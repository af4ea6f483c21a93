import './leave.css'
import './waiting.css'
import './slip.css'
import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { LeaveView } from '#app/domain/leave/view.ts'
import { formatInstant } from '#app/i18n/format.ts'
import { Alert } from '#app/ui/alert.tsx'
import { Button, ButtonLink } from '#app/ui/button.tsx'
import { Heading } from '#app/ui/card.tsx'
import { Dialog } from '#app/ui/dialog.tsx'
import { Field } from '#app/ui/field.tsx'
import { Form } from '#app/ui/form.tsx'
import { LiveRefresh } from '#app/ui/live-refresh.tsx'
import { Bilingual, useT } from '#app/ui/locale.tsx'
import { useRootData } from '#app/ui/root-data.tsx'
import { type DetailModel, LeaveDetail, postsText } from './detail.tsx'
import { Done, type DoneFacts } from './done.tsx'
import { daysText, nameText, partyText, periodText } from './texts.ts'

export type SlipModel = {
  readonly detail: DetailModel
  readonly own: boolean
  /** What may be done with it now, by whom it belongs to. */
  readonly may: readonly ('edit' | 'withdraw' | 'cancel')[]
  /** The act that is asked about before it is done. */
  readonly asking: 'withdraw' | 'cancel' | null
  readonly refused: string | null
  /** Why HR cancels, as it was written before it was refused. */
  readonly note: string
  readonly done: DoneFacts | null
  readonly back: string
}

/** One request for leave 请假单, on the screen and, printed, as the slip on paper. */
export function SlipPage({ model }: { model: SlipModel }) {
  const t = useT()
  const { view } = model.detail
  return (
    <>
      <div className="no-print">
        <Heading
          title={<Bilingual k="leave.slip.title" />}
          facts={view.number ? t('leave.number', { number: view.number }) : ''}
        >
          <LiveRefresh href="/leave/events" />
          <ButtonLink small to={model.back}>
            {t(model.back === '/leave' ? 'leave.slip.back_mine' : 'leave.slip.back_waiting')}
          </ButtonLink>
        </Heading>
        <Done facts={model.done} />
        {model.refused ? (
          <div className="lv-top">
            <Alert tone="warn" title={model.refused} urgent />
          </div>
        ) : null}
        {model.asking ? (
          <div className="lv-top">
            <Asking act={model.asking} model={model} />
          </div>
        ) : null}
        <LeaveDetail model={model.detail}>
          <Acts model={model} />
        </LeaveDetail>
        <p className="sub sm lv-hint">{t('leave.slip.print_hint')}</p>
      </div>
      <PaperSlip view={view} zone={model.detail.zone} />
    </>
  )
}

function Acts({ model }: { model: SlipModel }) {
  const t = useT()
  const { view } = model.detail
  if (model.may.length === 0) return null
  return (
    <div className="act">
      <div className="go">
        {model.may.includes('edit') ? (
          <ButtonLink look="primary" to={`/leave/${view.id}/edit`}>
            {t(view.state === 'draft' ? 'leave.mine.edit' : 'leave.mine.mend')}
          </ButtonLink>
        ) : null}
        {model.may.includes('withdraw') ? <ButtonLink to="?act=withdraw">{t('leave.mine.withdraw')}</ButtonLink> : null}
        {model.may.includes('cancel') ? (
          <ButtonLink look="danger" to="?act=cancel">
            {t('leave.mine.cancel')}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  )
}

function Asking({ act, model }: { act: 'withdraw' | 'cancel'; model: SlipModel }) {
  const t = useT()
  const { view } = model.detail
  return (
    <Form>
      <input type="hidden" name="revision" value={view.revision} />
      <Dialog
        title={t(`leave.ask.${act}`)}
        actions={
          <>
            <Link className="btn" to={`/leave/${view.id}`}>
              {t('leave.ask.keep')}
            </Link>
            <Button look={act === 'cancel' ? 'danger' : 'primary'} name="act" value={act}>
              {t(`leave.ask.${act}_go`)}
            </Button>
          </>
        }
      >
        <p>{t(`leave.ask.${act}_means`, { period: periodText(t, view.period, 'day', model.detail.today) })}</p>
        {act === 'cancel' && !model.own ? (
          <Field
            name="note"
            label={t('leave.ask.cancel_why')}
            hint={t('leave.ask.cancel_why_hint')}
            defaultValue={model.note}
            required
          />
        ) : null}
      </Dialog>
    </Form>
  )
}

/** The slip on paper: what was asked, and a place for each signature; hidden on the screen. */
function PaperSlip({ view, zone }: { view: LeaveView; zone: string }) {
  const t = useT()
  const centre = useRootData()?.centre
  const name = nameText(t, view.person)
  const unit = view.person.unit ? nameText(t, view.person.unit) : ''
  return (
    <div className="slip">
      <p className="c">{t.locale === 'en' ? centre?.nameEn || centre?.name : centre?.name}</p>
      <p className="ttl">{t('leave.slip.title')}</p>
      <p className="r">{view.number ?? ''}</p>
      <table>
        <tbody>
          <tr>
            <Cell label={t('leave.slip.person')}>{name}</Cell>
            <Cell label={t('leave.slip.staff_number')}>{view.person.staffNumber}</Cell>
          </tr>
          <tr>
            <Cell label={t('leave.slip.unit')}>{unit}</Cell>
            <Cell label={t('leave.slip.post')}>{postsText(t, view)}</Cell>
          </tr>
          <tr>
            <Cell label={t('leave.slip.kind')}>{t(`attendance.mark.${view.kind}`)}</Cell>
            <Cell label={t('leave.slip.period')}>{periodText(t, view.period, 'full')}</Cell>
          </tr>
          <Wide label={t('leave.slip.length')}>
            {t('leave.slip.length_text', {
              working: daysText(t, view.workingHalves),
              calendar: daysText(t, view.calendarHalves),
              basis: t(view.counts === 'working' ? 'leave.working' : 'leave.calendar_days'),
            })}
          </Wide>
          <Wide label={t('leave.slip.reason')}>{view.reason}</Wide>
          <Wide label={t('leave.slip.destination')}>
            {[view.destination, t(view.leavesTown ? 'leave.slip.leaves_town' : 'leave.slip.stays')]
              .filter(Boolean)
              .join(' · ')}
          </Wide>
          <Wide label={t('leave.slip.stand_in')}>
            {view.standIn ? nameText(t, view.standIn) : t('leave.slip.no_stand_in')}
          </Wide>
          <Wide label={t('leave.slip.handover')}>{view.handover ?? ''}</Wide>
          {view.steps.flatMap((step) =>
            step.parties.map(({ party, decision }) => (
              <tr key={`${step.index}${party}`} className="sign">
                <th scope="row">{partyText(t, party)}</th>
                <td colSpan={3}>
                  {decision ? (
                    <p>
                      {t(`leave.slip.acts.${decision.act}`)}
                      {decision.note ? ` · ${decision.note}` : ''} · {nameText(t, decision.actor)} ·{' '}
                      {formatInstant(decision.atMs, zone, t.locale, 'full')}
                    </p>
                  ) : null}
                  <p className="r">
                    {t('leave.slip.signature')}
                    <span className="gap" />
                    {t('leave.slip.date')}
                  </p>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      <p>{view.ruleVersion ? t('leave.slip.rule', { version: view.ruleVersion }) : ''}</p>
    </div>
  )
}

function Cell({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <th scope="row">{label}</th>
      <td>{children}</td>
    </>
  )
}

function Wide({ label, children }: { label: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td colSpan={3} className="said">
        {children}
      </td>
    </tr>
  )
}
