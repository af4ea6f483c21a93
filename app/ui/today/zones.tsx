import { Link, useSearchParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useT } from '#app/ui/locale.tsx'
import { PersonName } from '#app/ui/person-name.tsx'
import type { Tile, ZoneView } from '#app/ui/today/model.ts'

const shapes: Record<Tile['state'], string> = {
  here: '',
  cover: ' cov',
  thin: ' thin',
  out: ' out',
  void: ' void',
  unknown: ' unk',
  leave: ' lve',
  waiting: ' wait',
  not_due: ' idle',
  closed: ' idle',
}

/** The windows of the hall by zone; each window is one tile in one state. */
export function Zones({ zones, wall = false }: { zones: readonly ZoneView[]; wall?: boolean }) {
  const t = useT()
  return (
    <section aria-label={t('attendance.today.zones')} className="zones">
      {zones.map((zone) => (
        <section className="zone" aria-labelledby={`z-${zone.id}`} key={zone.id}>
          <h2 id={`z-${zone.id}`}>
            <b>{zone.code}</b>
            {zone.name}
            {t.locale === 'en' ? null : (
              <span className="en" lang="en">
                {zone.nameEn}
              </span>
            )}
            <em>{t('attendance.today.zone_count', { staffed: zone.staffed, total: zone.total })}</em>
          </h2>
          <ul className="ws">
            {zone.tiles.map((tile) => (
              <li key={tile.windowId}>
                <WindowTile tile={tile} wall={wall} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  )
}

function WindowTile({ tile, wall }: { tile: Tile; wall: boolean }) {
  const t = useT()
  const [search] = useSearchParams()
  const asked = tile.why !== null && search.get('why') === tile.why
  const classes = `w${shapes[tile.state]}${tile.found ? ' found' : ''}${asked ? ' asked' : ''}`
  if (wall || !tile.why) {
    return (
      <div className={classes} id={tile.number}>
        <TileText tile={tile} />
      </div>
    )
  }
  const why = new URLSearchParams(search)
  why.set('why', tile.why)
  const title = t('attendance.today.tile.why', { number: tile.number, name: tile.who })
  return (
    <Link className={classes} id={tile.number} to={`?${why}#why`} preventScrollReset title={title}>
      <TileText tile={tile} />
    </Link>
  )
}

function TileText({ tile }: { tile: Tile }) {
  const long = tile.isName && [...tile.who].length > 5
  return (
    <>
      <span className="no">
        <b>{tile.number}</b> {tile.name}
      </span>
      <span className={long ? 'p long' : 'p'}>
        {tile.isName ? <PersonName name={tile.who} /> : tile.who}
        {long || !tile.badge ? null : <Post>{tile.badge}</Post>}
      </span>
      <span className="s">{tile.note}</span>
    </>
  )
}

function Post({ children }: { children: ReactNode }) {
  return <span className="post"> {children}</span>
}
