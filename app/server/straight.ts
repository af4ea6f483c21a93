import type { ActionFunction, AppLoadContext, ServerBuild } from '@remix-run/node'
import type { Response as Answer, Request as Asked, RequestHandler } from 'express'

/**
 * The short way to one action, for the request that a person with a finger on the glass waits for: past the matching of
 * routes, the streams and the compressor. Guard, contract and work stay in the route module, which is called as Remix calls it.
 */
export function straightTo(
  build: ServerBuild,
  routeId: string,
  contextOf: (req: Asked, res: Answer) => AppLoadContext,
): RequestHandler {
  const action = build.routes[routeId]?.module.action
  return async (req, res, next) => {
    if (action === undefined) return next()
    try {
      const body = await bytesOf(req)
      const request = new Request(`http://${req.headers.host || 'localhost'}${req.originalUrl}`, {
        method: req.method,
        headers: headersOf(req),
        body,
      })
      await send(res, await answerOf(action, request, contextOf(req, res)))
    } catch (error) {
      next(error)
    }
  }
}

/** A refusal is thrown by guards and is an answer like any other. */
async function answerOf(action: ActionFunction, request: Request, context: AppLoadContext): Promise<Response> {
  try {
    const answer: unknown = await action({ request, context, params: {} })
    if (answer instanceof Response) return answer
    throw new Error(`${request.url} did not answer with a response`)
  } catch (thrown) {
    if (thrown instanceof Response) return thrown
    throw thrown
  }
}

/** Whole, for it is bounded in front of this. */
async function bytesOf(req: Asked): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = []
  for await (const part of req) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function headersOf(req: Asked): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  }
  return headers
}

async function send(res: Answer, answer: Response): Promise<void> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  res.status(answer.status)
  answer.headers.forEach((value, name) => {
    res.append(name, value)
  })
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}
