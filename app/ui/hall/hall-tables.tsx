import { Link } from '@remix-run/react'
import type { GroupRow, Somebody, UnitLine, WindowRow, ZoneLine } from '#app/domain/hall/view.ts'
import { Badge } from '#app/ui/badge.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Table } from '#app/ui/table.tsx'

/** The Chinese or the English of a stored pair. */
export function useBothNames(): (zh: string, en: string) => string {
  const t = useT()
  return (zh, en) => (t.locale === 'en' && en !== '' ? en : zh)
}

function People({ people }: { people: readonly (Somebody | null)[] }) {
  const t = useT()
  const found = people.filter((one): one is Somebody => one !== null)
  if (found.length === 0) return <span className="t3">{t('hall.nobody')}</span>
  return (
    <span className="who">
      {found.map((one) => (
        <Link key={one.id} to={`/people/${one.id}`}>
          <PersonName name={one.name} />
        </Link>
      ))}
    </span>
  )
}

/** In use, in use from or until a day, or ended: words before colours. */
export function StateBadge({ from, until, day }: { from?: string; until: string | null; day: string }) {
  const t = useT()
  if (from && from > day) return <Badge tone="info">{t('hall.from', { day: from })}</Badge>
  if (until === null) return <Badge tone="ok">{t('hall.in_use')}</Badge>
  return until < day ? (
    <Badge>{t('hall.ended', { day: until })}</Badge>
  ) : (
    <Badge tone="warn">{t('hall.until', { day: until })}</Badge>
  )
}

export function WindowsTable({ rows, day }: { rows: readonly WindowRow[]; day: string }) {
  const t = useT()
  const both = useBothNames()
  const columns: Column<WindowRow>[] = [
    {
      key: 'number',
      head: t('hall.col.number'),
      cell: (row) => <Link to={`/hall/windows/${row.id}`}>{row.number}</Link>,
    },
    { key: 'name', head: t('hall.col.name'), cell: (row) => both(row.name, row.nameEn) },
    { key: 'zone', head: t('hall.col.zone'), cell: ({ zone }) => `${zone.code} ${both(zone.name, zone.nameEn)}` },
    { key: 'a', head: t('hall.col.a_post'), cell: (row) => <People people={[row.aPost]} /> },
    {
      key: 'b',
      head: t('hall.col.b_post'),
      cell: (row) => (row.bPosts.length > 0 ? <People people={row.bPosts} /> : null),
    },
    {
      key: 'chief',
      head: t('hall.col.chief'),
      cell: (row) => (row.chief ? <People people={[row.chief]} /> : null),
    },
    { key: 'groups', head: t('hall.col.groups'), cell: (row) => row.groups.join(' ') },
    {
      key: 'state',
      head: t('hall.col.state'),
      cell: (row) => <StateBadge from={row.opensOn} until={row.closesOn} day={day} />,
    },
  ]
  return <Table caption={t('hall.windows.title')} columns={columns} rows={rows} id={(row) => row.id} />
}

export function ZonesTable({ rows, day }: { rows: readonly ZoneLine[]; day: string }) {
  const t = useT()
  const both = useBothNames()
  const columns: Column<ZoneLine>[] = [
    { key: 'code', head: t('hall.col.code'), cell: (row) => <Link to={`/hall/zones/${row.id}`}>{row.code}</Link> },
    { key: 'name', head: t('hall.col.name'), cell: (row) => both(row.name, row.nameEn) },
    { key: 'windows', head: t('hall.col.windows'), cell: (row) => row.windows, align: 'right' },
    { key: 'people', head: t('hall.col.people'), cell: (row) => row.people, align: 'right' },
    { key: 'state', head: t('hall.col.state'), cell: (row) => <StateBadge until={row.endedOn} day={day} /> },
  ]
  return <Table caption={t('hall.zones.title')} columns={columns} rows={rows} id={(row) => row.id} />
}

export function UnitsTable({ rows, day }: { rows: readonly UnitLine[]; day: string }) {
  const t = useT()
  const both = useBothNames()
  const columns: Column<UnitLine>[] = [
    {
      key: 'name',
      head: t('hall.col.name'),
      cell: (row) => (
        <Link to={`/hall/units/${row.id}`}>
          {both(row.name, row.nameEn)}
          <span className="t3"> {row.shortName}</span>
        </Link>
      ),
    },
    {
      key: 'people',
      head: t('hall.col.posted'),
      align: 'right',
      cell: (row) => (row.people > 0 ? <Link to={`/people?unitId=${row.id}`}>{row.people}</Link> : 0),
    },
    { key: 'mode', head: t('hall.col.mode'), cell: (row) => t(`hall.mode.${row.assessmentMode}`) },
    {
      key: 'contact',
      head: t('hall.col.contact'),
      cell: (row) => [row.contact, row.phone].filter(Boolean).join(' '),
    },
    { key: 'state', head: t('hall.col.state'), cell: (row) => <StateBadge until={row.endedOn} day={day} /> },
  ]
  return <Table caption={t('hall.units.title')} columns={columns} rows={rows} id={(row) => row.id} />
}

export function GroupsTable({ rows }: { rows: readonly GroupRow[] }) {
  const t = useT()
  const both = useBothNames()
  const columns: Column<GroupRow>[] = [
    {
      key: 'name',
      head: t('hall.col.name'),
      cell: (row) => <Link to={`/hall/groups/${row.id}`}>{both(row.name, row.nameEn)}</Link>,
    },
    { key: 'min', head: t('hall.col.min'), cell: (row) => row.minStaff, align: 'right' },
    {
      key: 'people',
      head: t('hall.col.people'),
      cell: (row) => (
        <>
          {row.people} {row.people < row.minStaff ? <Badge tone="warn">{t('hall.short_staffed')}</Badge> : null}
        </>
      ),
    },
    {
      key: 'windows',
      head: t('hall.col.windows'),
      cell: (row) => row.windows.map((window) => window.number).join(' '),
    },
  ]
  return <Table caption={t('hall.groups.title')} columns={columns} rows={rows} id={(row) => row.id} />
}
