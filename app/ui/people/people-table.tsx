import { Link } from '@remix-run/react'
import { type KeyboardEvent, useRef } from 'react'
import type { PersonRow } from '#app/domain/people/record.ts'
import type { T } from '#app/i18n/translator.ts'
import { Badge } from '#app/ui/badge.tsx'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import { type Column, Pager, Table } from '#app/ui/table.tsx'
import type { PeopleModel } from './people-page.tsx'
import { kindText, postText, readingText, unitText } from './words.ts'

/** The people of a page, one a row; arrows move between them. */
export function PeopleTable({ model }: { model: PeopleModel }) {
  const t = useT()
  const box = useRef<HTMLDivElement>(null)
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only moves the focus between the links inside */}
      <div ref={box} onKeyDown={(event) => moveFocus(event, box.current)}>
        <Table caption={t('people.list.caption')} columns={columnsOf(t)} rows={model.rows} id={(row) => row.id} />
      </div>
      {model.query.print ? null : <Pager page={model.query.page} pages={model.pages} count={model.count} />}
      {model.query.print ? null : <p className="mut sm keys no-print">{t('people.list.keys')}</p>}
    </>
  )
}

const steps: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
}

/** Arrows move from person to person; Enter is the link's own. */
function moveFocus(event: KeyboardEvent, box: HTMLElement | null): void {
  const step = steps[event.key]
  const links = [...(box?.querySelectorAll<HTMLAnchorElement>('tbody th a') ?? [])]
  if (!step || links.length === 0) return
  event.preventDefault()
  const at = links.indexOf(document.activeElement as HTMLAnchorElement)
  links[at < 0 ? 0 : step(at, links.length - 1)]?.focus()
}

function columnsOf(t: T): Column<PersonRow>[] {
  return [
    { key: 'name', head: t('people.list.name'), cell: (row) => <Who row={row} />, sortable: true },
    { key: 'number', head: t('people.list.number'), cell: (row) => row.staffNumber, sortable: true },
    { key: 'window', head: t('people.list.window'), cell: (row) => <Posts row={row} />, sortable: true },
    {
      key: 'unit',
      head: t('people.list.unit'),
      cell: (row) =>
        row.posting ? unitText(t, row.posting.unit) : <span className="mut">{t('people.list.no_posting')}</span>,
      sortable: true,
    },
    { key: 'kind', head: t('people.list.kind'), cell: (row) => kindText(t, row.identityKind) },
    {
      key: 'since',
      head: t('people.list.since'),
      cell: (row) => (row.posting ? <span className="nw">{row.posting.startsOn}</span> : '–'),
      sortable: true,
    },
    { key: 'state', head: t('people.list.state'), cell: (row) => <State row={row} /> },
    {
      key: 'finger',
      head: t('people.list.finger'),
      cell: (row) =>
        row.enrolled ? t('people.list.finger_yes') : <span className="t-warn">{t('people.list.finger_no')}</span>,
    },
  ]
}

function Who({ row }: { row: PersonRow }) {
  const t = useT()
  return (
    <>
      <Link to={`/people/${row.id}`} className="who">
        <PersonName name={row.name} />
      </Link>{' '}
      <span className="mut read">{t.locale === 'en' ? row.nameEn : readingText(row.reading)}</span>
    </>
  )
}

function Posts({ row }: { row: PersonRow }) {
  const t = useT()
  if (row.posts.length === 0) return <span className="mut">{t('people.list.no_post')}</span>
  return (
    <>
      {row.posts.map((post) => (
        <span className="pst" key={`${post.post}${post.window?.id ?? ''}`}>
          {postText(t, post, row.chiefOf)}
        </span>
      ))}
    </>
  )
}

const tones = { serving: 'ok', coming: 'info', left: 'plain', unposted: 'warn' } as const

function State({ row }: { row: PersonRow }) {
  const t = useT()
  const { posting, state } = row
  return (
    <span className="st">
      <Badge tone={tones[state]}>{t(`people.state.${state}`)}</Badge>
      {posting && state === 'coming' ? (
        <span className="sub sm nw">{t('people.list.from_day', { day: posting.startsOn })}</span>
      ) : null}
      {posting?.endsOn && state !== 'coming' ? (
        <span className="sub sm nw">{t('people.list.until_day', { day: posting.endsOn })}</span>
      ) : null}
      {posting?.dueOn && !posting.endsOn && state === 'serving' ? (
        <span className="sub sm nw">{t('people.list.due', { day: posting.dueOn })}</span>
      ) : null}
    </span>
  )
}
