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
  smallArea: 0x33,
  poorTemplate: 0x3b,
  unsupported: 0xfc,
  wakeUp: 0xff,
} as const

const common: Readonly<Record<number, string>> = {
  0: 'ok',
  1: 'packet_error',
  2: 'no_finger',
  3: 'image_failed',
  4: 'too_dry',
  5: 'too_wet',
  6: 'too_messy',
  7: 'too_few_features',
  8: 'no_match',
  9: 'not_found',
  10: 'merge_failed',
  11: 'out_of_range',
  12: 'bad_template',
  13: 'template_upload_failed',
  14: 'cannot_receive_data',
  15: 'image_upload_failed',
  16: 'delete_failed',
  17: 'clear_failed',
  18: 'cannot_sleep',
  19: 'wrong_password',
  20: 'reset_failed',
  21: 'no_image',
  22: 'upgrade_failed',
  23: 'residual_finger',
  24: 'flash_error',
  25: 'random_failed',
  26: 'bad_register',
  27: 'bad_register_value',
  28: 'bad_notepad_page',
  29: 'port_failed',
  30: 'auto_enrol_failed',
  31: 'library_full',
  32: 'wrong_address',
  33: 'password_needed',
  34: 'template_empty',
  35: 'template_empty',
  36: 'library_empty',
  37: 'bad_count',
  38: 'timeout',
  39: 'already_enrolled',
  40: 'features_related',
  41: 'sensor_error',
  42: 'module_info_not_empty',
  43: 'module_info_empty',
  44: 'otp_failed',
  45: 'key_generation_failed',
  46: 'no_key',
  47: 'security_algorithm_failed',
  48: 'security_algorithm_mismatch',
  49: 'not_allowed_at_encryption_level',
  50: 'key_locked',
  51: 'small_area',
  52: 'static_foreign_matter',
  53: 'illegal_data',
  55: 'static_foreign_matter',
  59: 'poor_template',
}

/** Where a dialect gives a code a meaning of its own. */
const own: Readonly<Record<DialectName, Readonly<Record<number, string>>>> = {
  zfm: {},
  grow: { 25: 'no_definition', 252: 'unsupported', 253: 'hardware_error', 254: 'command_failed' },
  syno: {
    34: 'slot_not_empty',
    251: 'busy',
    252: 'blocked',
    253: 'parameter_error',
    254: 'module_off',
    255: 'wake_up_notice',
  },
}

/** The confirmation code in a word, for logs and pages. The same number may mean different things in two dialects. */
export function confirmationName(code: number, dialect: DialectName): string {
  return own[dialect][code] ?? common[code] ?? `code_${code.toString(16).padStart(2, '0')}`
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
