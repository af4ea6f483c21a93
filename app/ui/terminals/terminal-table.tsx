import { Link } from '@remix-run/react'
import {
  type TerminalBadge,
  type TerminalLine,
  type TerminalsView,
  terminalBadge,
  writeOffset,
} from '#app/domain/devices/terminals-view.ts'
import { formatInstant, formatNumber } from '#app/i18n/format.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { pick } from '#app/ui/devices/both.tsx'
import { useT } from '#app/ui/locale.tsx'
import { useMay } from '#app/ui/readers/may.ts'
import { type Column, Table } from '#app/ui/table.tsx'

const tones: Record<TerminalBadge, BadgeTone> = {
  online: 'ok',
  silent: 'bad',
  clock: 'warn',
  waiting: 'info',
  offline: 'plain',
  retired: 'none',
}

/** The terminals on the list, each with what it said last and what can be done. */
export function TerminalTable({ view, manages }: { view: TerminalsView; manages: boolean }) {
  const t = useT()
  return (
    <Table
      caption={t('terminals.list.title')}
      columns={columnsOf(t, view, manages)}
      rows={view.terminals}
      id={(row) => row.id}
    />
  )
}

function columnsOf(t: T, view: TerminalsView, manages: boolean): Column<TerminalLine>[] {
  const at = (ms: number) => formatInstant(ms, view.zone, t.locale)
  return [
    {
      key: 'terminal',
      head: t('terminals.list.terminal'),
      cell: ({ name, nameEn, serial, zone }) => (
        <>
          {pick(t, name, nameEn)}
          <div className="sn mut">{t('terminals.list.serial', { serial })}</div>
          <div className="xs mut">{zone ? t('terminals.list.zone', { zone }) : t('terminals.list.no_zone')}</div>
        </>
      ),
    },
    {
      key: 'state',
      head: t('terminals.list.state'),
      cell: (row) => {
        const badge = terminalBadge(row, view.nowMs)
        return (
          <>
            <Badge tone={tones[badge]}>{t(`terminals.state.${badge}`)}</Badge>
            {row.offline ? null : (
              <div className="xs mut">
                {row.seenMs === null ? t('terminals.list.never') : t('terminals.list.seen', { time: at(row.seenMs) })}
              </div>
            )}
          </>
        )
      },
    },
    {
      key: 'device',
      head: t('terminals.list.device'),
      cell: ({ model, firmware, address }) => (
        <>
          {model ?? <span className="mut">{t('terminals.list.unsaid')}</span>}
          {firmware ? <div className="xs mut">{t('terminals.list.firmware', { firmware })}</div> : null}
          {address ? <div className="xs mut">{address}</div> : null}
        </>
      ),
    },
    { key: 'clock', head: t('terminals.list.clock'), cell: (row) => <Clock row={row} /> },
    { key: 'records', head: t('terminals.list.records'), cell: (row) => <Records row={row} at={at} /> },
    ...(manages
      ? [{ key: 'act', head: t('terminals.list.act'), cell: (row: TerminalLine) => <Acts row={row} /> }]
      : []),
  ]
}

function Clock({ row }: { row: TerminalLine }) {
  const t = useT()
  const { offsetMs, utcOffsetMinutes, offline } = row
  const seconds = Math.round(Math.abs(offsetMs ?? 0) / 1000)
  const key = (offsetMs ?? 0) < 0 ? 'slow' : 'fast'
  return (
    <>
      {offsetMs === null ? null : t(`terminals.list.${key}`, { seconds: formatNumber(seconds, t.locale) })}
      {offsetMs === null && !offline ? <span className="mut">{t('terminals.list.unmeasured')}</span> : null}
      <div className="xs mut">{t('terminals.list.utc', { offset: writeOffset(utcOffsetMinutes) })}</div>
    </>
  )
}

function Records({ row, at }: { row: TerminalLine; at: (ms: number) => string }) {
  const t = useT()
  const may = useMay()
  const { id, records, lastPunchMs, unknown, bad, users } = row
  return (
    <>
      {formatNumber(records, t.locale)}
      {lastPunchMs === null ? null : (
        <div className="xs mut">{t('terminals.list.punch', { time: at(lastPunchMs) })}</div>
      )}
      {unknown > 0 ? (
        <div className="xs">
          {may('punches.rule') ? (
            <Link to={`/readers/doubtful?show=parked&source=${id}`}>
              {t('terminals.list.unknown', { count: unknown })}
            </Link>
          ) : (
            t('terminals.list.unknown', { count: unknown })
          )}
        </div>
      ) : null}
      {bad > 0 ? <div className="xs t-warn">{t('terminals.list.bad', { count: bad })}</div> : null}
      {users > 0 ? <div className="xs mut">{t('terminals.list.users', { count: users })}</div> : null}
    </>
  )
}

function Acts({ row }: { row: TerminalLine }) {
  const t = useT()
  if (row.retired || row.offline) {
    return (
      <ButtonLink to={`/readers/terminals?allow=${row.serial}`} small>
        {t('terminals.act.allow')}
      </ButtonLink>
    )
  }
  return (
    <span className="row">
      <ButtonLink to={`/readers/terminals?ask=${row.id}`} small>
        {t('terminals.act.ask')}
      </ButtonLink>
      <ButtonLink to={`/readers/terminals?stop=${row.id}`} look="danger" small>
        {t('terminals.act.stop')}
      </ButtonLink>
    </span>
  )
}
