/** Resolves at the first Ctrl-C or SIGTERM; later ones are the same wish said twice. */
export function untilStopped(): { readonly stopped: Promise<'stopped'>; readonly isStopped: () => boolean } {
  let asked = false
  const stopped = new Promise<'stopped'>((resolve) => {
    const stop = () => {
      asked = true
      resolve('stopped')
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    process.on('SIGHUP', stop)
  })
  return { stopped, isStopped: () => asked }
}
