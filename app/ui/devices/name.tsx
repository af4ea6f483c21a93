import { Fragment } from 'react'

/** A name that may wrap after a dot 间隔号 and nowhere else, as long as its parts fit a line. */
export function Name({ name }: { name: string }) {
  return name.split(/(?<=·)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name never change places
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ))
}
