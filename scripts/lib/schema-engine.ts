import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'

type EngineModule = typeof import('@prisma/schema-engine-wasm')

let loaded: Promise<EngineModule> | null = null

/** The package is made for bundlers that understand `import … from 'x.wasm'`; Node needs the module put together by hand. */
async function load(): Promise<EngineModule> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')
  const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as EngineModule & {
    __wbg_set_wasm: (exports: WebAssembly.Exports) => void
  }
  const module = await WebAssembly.compile(await readFile(join(dirname(entry), 'schema_engine_bg.wasm')))
  const { exports } = await WebAssembly.instantiate(module, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  })
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } })
  glue.__wbg_set_wasm(exports)
  ;(exports as { __wbindgen_start: () => void }).__wbindgen_start()
  return glue
}

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

const internalChar = 18
const text = 25

/**
 * The adapter does not know the one-byte "char" of the system catalogues, which the engine reads: such columns are
 * handed to it as text and named as characters afterwards. The engine asks one question at a time.
 */
function knowInternalChar(adapter: Adapter, client: pg.Pool): void {
  let columns: readonly boolean[] = []
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<pg.QueryResult>
  const asText = async (...given: unknown[]) => {
    const result = await query(...given)
    const fields = result.fields ?? []
    columns = fields.map((field) => field.dataTypeID === internalChar)
    for (const field of fields) if (field.dataTypeID === internalChar) field.dataTypeID = text
    return result
  }
  Object.assign(client, { query: asText })
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (question) => {
    const answer = await queryRaw(question)
    const columnTypes = answer.columnTypes.map((type, index) => (columns[index] ? ColumnTypeEnum.Character : type))
    return { ...answer, columnTypes }
  }
}

/**
 * The adapter cuts a script at every semicolon, through function bodies too. PostgreSQL takes a script whole,
 * and then it is one transaction: a migration happens altogether or not at all.
 */
class WholeScripts extends PrismaPg {
  readonly #onError: (error: unknown) => void

  constructor(pool: pg.Pool, onError: (error: unknown) => void) {
    super(pool)
    this.#onError = onError
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const client = adapter.underlyingDriver() as pg.Pool
    knowInternalChar(adapter, client)
    adapter.executeScript = async (script) => {
      await client.query(script).catch((error: unknown) => {
        this.#onError(error)
        throw error
      })
    }
    return adapter
  }
}

/** Prisma's own migration engine, from npm, over node-postgres. The first refusal of the server itself is thrown as it was. */
export async function withSchemaEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load()
  const { SchemaEngine } = await loaded
  let refused: unknown = null
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  const adapter = new WholeScripts(pool, (error) => {
    refused ??= error
  })
  const factory = bindMigrationAwareSqlAdapterFactory(adapter)
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
    return await work(engine).finally(() => engine.free())
  } catch (error) {
    throw refused ?? error
  } finally {
    // The engine forgets its connections; a database that is still connected to cannot be copied.
    await pool.end()
  }
}
