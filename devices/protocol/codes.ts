import type { DialectName } from './dialects.ts'

/** Confirmation codes that the driver itself acts on; they mean the same in every dialect. */
export const confirmation = {
  ok: 0x00,
  packetError: 0x01,
  noFinger: 0x02,
  imageFailed: 0x03,
  tooDry: 0x04,
  tooWet: 0x05,
  tooMessy: 0x06,
  tooFewFeatures: 0x07,
  noMatch: 0x08,
  notFound: 0x09,
  mergeFailed: 0x0a,
  outOfRange: 0x0b,
  badTemplate: 0x0c,
  uploadFailed: 0x0d,
  cannotReceive: 0x0e,
  imageUploadFailed: 0x0f,
  deleteFailed: 0x10,
  wrongPassword: 0x13,
  noImage: 0x15,
  upgradeFailed: 0x16,
  residue: 0x17,
  flashError: 0x18,
  badRegister: 0x1a,
  badRegisterValue: 0x1b,
  badNotepadPage: 0x1c,
  libraryFull: 0x1f,
  wrongAddress: 0x20,
  passwordNeeded: 0x21,
  slotNotEmpty: 0x22,
  slotEmpty: 0x23,
  libraryEmpty: 0x24,
  badCount: 0x25,
  timeout: 0x26,
  alreadyEnrolled: 0x27,
  related: 0x28,
  sensorError: 0x29,
  smallArea: 0x33,
  poorTemplate: 0x3b,
  unsupported: 0xfc,
  wakeUp: 0xff,
} as const

/** What follows from a code, whatever the command was. */
export type NextState =
  /** Done. */
  | 'ok'
  /** Nobody is there: go on waiting. */
  | 'wait_finger'
  /** This press gives nothing: the person lifts the finger and presses again. */
  | 'press_again'
  /** The module did not do it: the same bytes are sent once more. */
  | 'send_again'
  /** The module is sound and will not do this: who asked for it is told why. */
  | 'refuse_command'
  /** The reader needs a person with a tool or another setting: it takes no punches until then. */
  | 'reader_fault'
  /** It wants a password that it was not given. */
  | 'locked'
  /** Nobody asked: it answers nothing. */
  | 'ignore'

type Row = readonly [code: number, name: string, next: NextState]

const common: readonly Row[] = [
  [0x00, 'ok', 'ok'],
  [0x01, 'packet_error', 'send_again'],
  [0x02, 'no_finger', 'wait_finger'],
  [0x03, 'image_failed', 'press_again'],
  [0x04, 'too_dry', 'press_again'],
  [0x05, 'too_wet', 'press_again'],
  [0x06, 'too_messy', 'press_again'],
  [0x07, 'too_few_features', 'press_again'],
  [0x08, 'no_match', 'press_again'],
  [0x09, 'not_found', 'press_again'],
  [0x0a, 'merge_failed', 'press_again'],
  [0x0b, 'out_of_range', 'refuse_command'],
  [0x0c, 'bad_template', 'refuse_command'],
  [0x0d, 'template_upload_failed', 'refuse_command'],
  [0x0e, 'cannot_receive_data', 'refuse_command'],
  [0x0f, 'image_upload_failed', 'refuse_command'],
  [0x10, 'delete_failed', 'refuse_command'],
  [0x11, 'clear_failed', 'refuse_command'],
  [0x12, 'cannot_sleep', 'refuse_command'],
  [0x13, 'wrong_password', 'locked'],
  [0x14, 'reset_failed', 'reader_fault'],
  [0x15, 'no_image', 'press_again'],
  [0x16, 'upgrade_failed', 'reader_fault'],
  [0x17, 'residual_finger', 'press_again'],
  [0x18, 'flash_error', 'reader_fault'],
  [0x19, 'random_failed', 'refuse_command'],
  [0x1a, 'bad_register', 'refuse_command'],
  [0x1b, 'bad_register_value', 'refuse_command'],
  [0x1c, 'bad_notepad_page', 'refuse_command'],
  [0x1d, 'port_failed', 'reader_fault'],
  [0x1e, 'auto_enrol_failed', 'refuse_command'],
  [0x1f, 'library_full', 'refuse_command'],
  [0x20, 'wrong_address', 'reader_fault'],
  [0x21, 'password_needed', 'locked'],
  [0x22, 'template_empty', 'refuse_command'],
  [0x23, 'template_empty', 'refuse_command'],
  [0x24, 'library_empty', 'press_again'],
  [0x25, 'bad_count', 'refuse_command'],
  [0x26, 'timeout', 'wait_finger'],
  [0x27, 'already_enrolled', 'refuse_command'],
  [0x28, 'features_related', 'press_again'],
  [0x29, 'sensor_error', 'reader_fault'],
  [0x2a, 'module_info_not_empty', 'refuse_command'],
  [0x2b, 'module_info_empty', 'refuse_command'],
  [0x2c, 'otp_failed', 'reader_fault'],
  [0x2d, 'key_generation_failed', 'refuse_command'],
  [0x2e, 'no_key', 'refuse_command'],
  [0x2f, 'security_algorithm_failed', 'refuse_command'],
  [0x30, 'security_algorithm_mismatch', 'refuse_command'],
  [0x31, 'not_allowed_at_encryption_level', 'refuse_command'],
  [0x32, 'key_locked', 'refuse_command'],
  [0x33, 'small_area', 'press_again'],
  [0x34, 'static_foreign_matter', 'press_again'],
  [0x35, 'illegal_data', 'refuse_command'],
  [0x37, 'static_foreign_matter', 'press_again'],
  [0x3b, 'poor_template', 'press_again'],
  [0xf0, 'upgrade_answer', 'ignore'],
  [0xf1, 'upgrade_answer', 'ignore'],
  [0xf2, 'upgrade_failed', 'reader_fault'],
  [0xf3, 'upgrade_failed', 'reader_fault'],
  [0xf4, 'upgrade_failed', 'reader_fault'],
  [0xf5, 'upgrade_failed', 'reader_fault'],
  [0xf6, 'upgrade_failed', 'reader_fault'],
  [0xff, 'wake_up_notice', 'ignore'],
]

/** Where a dialect gives a code a meaning of its own. */
const own: Readonly<Record<DialectName, readonly Row[]>> = {
  zfm: [],
  grow: [
    [0x19, 'no_definition', 'refuse_command'],
    [0xfc, 'unsupported', 'refuse_command'],
    [0xfd, 'hardware_error', 'reader_fault'],
    [0xfe, 'command_failed', 'refuse_command'],
  ],
  syno: [
    [0x22, 'slot_not_empty', 'refuse_command'],
    [0xfb, 'busy', 'send_again'],
    [0xfc, 'blocked', 'refuse_command'],
    [0xfd, 'parameter_error', 'refuse_command'],
    [0xfe, 'module_off', 'reader_fault'],
  ],
}

export type CodeMeaning = { name: string; next: NextState }

/** No manual has it. What nobody knows is nobody's punch: the command counts as refused. */
const unknownCode: CodeMeaning = { name: 'unknown_code', next: 'refuse_command' }

const tables = new Map(
  (Object.keys(own) as DialectName[]).map((dialect) => [
    dialect,
    new Map([...common, ...own[dialect]].map(([code, name, next]): [number, CodeMeaning] => [code, { name, next }])),
  ]),
)

/** What a confirmation code means in this dialect, and what follows from it. The pages have a sentence for each name. */
export function codeMeaning(code: number, dialect: DialectName): CodeMeaning {
  return tables.get(dialect)?.get(code) ?? unknownCode
}

/** The confirmation code in a word. The same number may mean different things in two dialects. */
export function confirmationName(code: number, dialect: DialectName): string {
  return codeMeaning(code, dialect).name
}

/** The image or its features were not good enough: the person tries again, nothing is wrong with the reader. */
export const poorImageCodes: ReadonlySet<number> = new Set([
  confirmation.imageFailed,
  confirmation.tooDry,
  confirmation.tooWet,
  confirmation.tooMessy,
  confirmation.tooFewFeatures,
  confirmation.noImage,
  confirmation.residue,
  confirmation.related,
  confirmation.smallArea,
  confirmation.poorTemplate,
])

/** Why a press gave nothing, in the words for people at the reader; what only makers know is an image that failed. */
export function poorImageReason(code: number, dialect: DialectName): string {
  const { name } = codeMeaning(code, dialect)
  if (name === 'static_foreign_matter') return 'residual_finger'
  return poorImageCodes.has(code) ? name : 'image_failed'
}

/**
 * What can go wrong that is no answer of the module. Some libraries use FE and FF for this, which modules also send; a
 * class of its own keeps the two apart.
 */
export type ReaderErrorKind =
  /** The module did not answer in time. */
  | 'timeout'
  /** It answered something that is no answer to the command. */
  | 'garbled'
  /** It is gone. */
  | 'unplugged'
  /** It answered a confirmation code that the caller cannot go on with. */
  | 'refused'

export type ReaderErrorDetails = { code?: number; reason?: string; cause?: unknown }

export class ReaderError extends Error {
  override readonly name = 'ReaderError'
  readonly kind: ReaderErrorKind
  /** The confirmation code when kind is "refused". */
  readonly code: number | null
  /** Why, as a name that the pages have a sentence for; null when the kind says all. */
  readonly reason: string | null

  constructor(kind: ReaderErrorKind, message: string, details: ReaderErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.code = details.code ?? null
    this.reason = details.reason ?? null
  }
}
