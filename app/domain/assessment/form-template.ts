import { z } from 'zod'
import { formFields } from './form-fields.ts'

/**
 * A form as data 表样: an official paper in millimetres, in snake_case, unknown keys refused. The columns are percent of the frame;
 * the rows stand under each other and a row may start the next page; a cell holds a label, a field, a place to sign, or nothing.
 * Source: decisions 18; domain.md §2.7, §2.8.
 */
const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)
const millimetres = z.number().min(0).max(420)
const points = z.number().min(6).max(48)

export const cellStyles = ['label', 'label_vertical', 'value', 'value_left', 'boxes', 'text', 'blank'] as const

export type CellStyle = (typeof cellStyles)[number]

const cell = z.strictObject({
  span: z.int().min(1).max(12),
  style: z.enum(cellStyles),
  /** The printed words of a label; a line feed begins a new line, otherwise the label wraps. */
  label: z.string().min(1).max(40).optional(),
  size_pt: points.optional(),
  field: z.enum(formFields).optional(),
  /** Boxes to tick: the field's value and the word printed before its box. */
  choices: z
    .array(z.strictObject({ value: identifier, label: z.string().min(1).max(10) }))
    .min(2)
    .max(6)
    .optional(),
  /** A field printed behind the boxes. */
  with_field: z.enum(formFields).optional(),
  /** The text begins in its box and goes on upon a continuation sheet 续页; without it, what does not fit stands there as a whole. */
  grow: z.boolean().optional(),
  /** Before the empty place of a signature and date, for example 签名. */
  sign: z.string().min(1).max(10).optional(),
  /** A seal is set here: the place stays free. */
  seal: z.boolean().optional(),
})

const row = z.strictObject({
  height_mm: millimetres,
  starts_page: z.boolean().optional(),
  cells: z.array(cell).min(1).max(12),
})

const heading = z.strictObject({
  text: z.string().min(1).max(60),
  size_pt: points,
  bold: z.boolean().optional(),
  tracking_em: z.number().min(0).max(1).optional(),
  height_mm: millimetres,
})

export const formTemplateShape = z.strictObject({
  kind: z.literal('form_template'),
  id: identifier,
  name: z.string().min(1).max(40),
  version: z.string().min(1).max(20),
  page: z.strictObject({
    width_mm: millimetres,
    height_mm: millimetres,
    margin_mm: z.strictObject({ top: millimetres, right: millimetres, bottom: millimetres, left: millimetres }),
    /** The frame of the pages after the first begins here: they carry no title. */
    next_top_mm: millimetres,
    foot_mm: millimetres,
  }),
  title: heading,
  /** {year} stands for the year of the assessment. */
  year_line: heading,
  columns: z.array(z.number().min(1).max(100)).min(1).max(12),
  rows: z.array(row).min(1).max(60),
  continuation: z.strictObject({
    /** Put behind the form's title and behind a label that goes on, for example 续页 and 续. */
    title: z.string().min(1).max(20),
    mark: z.string().min(1).max(10),
    /** Printed in the box, where its text goes on elsewhere. */
    see: z.string().min(1).max(20),
  }),
})

export type FormTemplate = Readonly<z.infer<typeof formTemplateShape>>
export type FormRow = FormTemplate['rows'][number]
export type FormCell = FormRow['cells'][number]
