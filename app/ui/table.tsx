import { Link, useSearchParams } from '@remix-run/react'
import { type ReactNode, useId } from 'react'
import { useT } from '#app/ui/locale.tsx'

export type Column<Row> = {
  readonly key: string
  readonly head: ReactNode
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'right' | 'centre'
  /** Makes the head a link that sorts by this column through the address. */
  readonly sortable?: boolean
}

type TableProps<Row> = {
  /** Read by screen readers; shown above the table with `captionShown`. */
  caption: ReactNode
  captionShown?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  id: (row: Row) => string
  empty?: ReactNode
}

const aligns = { right: 'r', centre: 'c' } as const

/** A real table: caption, scopes, sticky head, the first column names the row. */
export function Table<Row>({ caption, captionShown = false, columns, rows, id, empty }: TableProps<Row>) {
  const t = useT()
  const label = useId()
  return (
    // biome-ignore lint/a11y: a group, not a landmark (its panel may bear the same name), that scrolls by keyboard
    <div className="tw" role="group" tabIndex={0} aria-labelledby={label}>
      <table className="tb">
        <caption id={label} className={captionShown ? '' : 'vh'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={id(row)}>
              {columns.map((column, index) => (
                <Cell key={column.key} column={column} row={row} first={index === 0} />
              ))}
            </tr>
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={columns.length}>{empty ?? t('common.table.empty')}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}

function Cell<Row>({ column, row, first }: { column: Column<Row>; row: Row; first: boolean }) {
  const className = column.align ? aligns[column.align] : undefined
  if (first)
    return (
      <th scope="row" className={className}>
        {column.cell(row)}
      </th>
    )
  return <td className={className}>{column.cell(row)}</td>
}

function Head<Row>({ column }: { column: Column<Row> }) {
  const [search] = useSearchParams()
  const className = column.align ? aligns[column.align] : undefined
  if (!column.sortable)
    return (
      <th scope="col" className={className}>
        {column.head}
      </th>
    )
  const up = search.get('sort') === column.key
  const down = search.get('sort') === `-${column.key}`
  return (
    <th scope="col" className={className} aria-sort={up ? 'ascending' : down ? 'descending' : 'none'}>
      <Link to={addressWith(search, { sort: up ? `-${column.key}` : column.key, page: null })}>{column.head}</Link>
    </th>
  )
}

/** Pages through the address; the count is always stated. */
export function Pager({ page, pages, count }: { page: number; pages: number; count: number }) {
  const t = useT()
  const [search] = useSearchParams()
  const to = (next: number) => addressWith(search, { page: String(next) })
  return (
    <nav className="pager" aria-label={t('common.table.page', { page, pages })}>
      <span>{t('common.table.count', { count })}</span>
      {pages > 1 ? <span>{t('common.table.page', { page, pages })}</span> : null}
      {page > 1 ? <Link to={to(page - 1)}>{t('common.table.previous')}</Link> : null}
      {page < pages ? <Link to={to(page + 1)}>{t('common.table.next')}</Link> : null}
    </nav>
  )
}

/** The same address with some parts of the query changed; null takes a part away. */
export function addressWith(search: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams(search)
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key)
    else next.set(key, value)
  }
  const text = next.toString()
  return text ? `?${text}` : '.'
}
