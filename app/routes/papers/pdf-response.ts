/** A file for the browser: shown in it when it can, saved under its own name otherwise, kept by nobody on the way. */
export function fileResponse(
  bytes: Uint8Array,
  { name, type, shown }: { readonly name: string; readonly type: string; readonly shown: boolean },
): Response {
  const ending = name.slice(name.lastIndexOf('.'))
  const disposition = `${shown ? 'inline' : 'attachment'}; filename="register${ending}"; filename*=UTF-8''${encoded(name)}`
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Length': String(bytes.byteLength),
      'Content-Disposition': disposition,
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

/** RFC 8187: what encodeURIComponent leaves alone but a header may not hold. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A register, shown in the browser; saved when the address asks for that, for browsers that show no PDF. */
export function pdfResponse(
  { bytes, name }: { readonly bytes: Uint8Array; readonly name: string },
  request: Request,
): Response {
  const shown = !new URL(request.url).searchParams.has('download')
  return fileResponse(bytes, { name, type: 'application/pdf', shown })
}
