const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** Whether passwords would cross the network unencrypted: heard beyond this machine, and no https in front. */
export function plainHttpBeyondHere(env: { readonly HOST: string; readonly PUBLIC_URL?: string | undefined }): boolean {
  return !loopback.has(env.HOST) && !(env.PUBLIC_URL?.startsWith('https://') ?? false)
}
