import type { formProblem as zh } from '#app/i18n/zh-CN/form-problems.ts'

export const formProblem: Record<keyof typeof zh, string> = {
  frame_too_narrow: 'the side margins leave a frame of {{frame}} mm; make them smaller, so that it has at least 60 mm',
  year_not_named: 'the year line has no “{year}”, so the year has no place; put “{year}” into its text',
  title_too_wide: 'the title takes about {{width}} mm, the frame has {{frame}} mm; make its size or tracking smaller',
  foot_in_frame: 'the foot would run into the frame (bottom margin {{bottom}} mm); set foot_mm to at most that margin',
  columns_not_100: 'the columns add up to {{sum}} %; change them to add up to 100 %',
  spans_wrong: 'the boxes of this row take {{spans}} columns, the form has {{columns}}; change the spans to match',
  page_too_full:
    'with this row page {{page}} is {{over}} mm too long; make rows lower, or write starts_page: true on this row',
  first_row_starts_page: 'nothing stands before the first row, so it starts no page; remove starts_page',
  field_twice: 'the field “{{field}}” already stands at {{other}}; a field has one box, remove one of the two',
  label_missing: 'a box of style {{style}} needs a label; write it, or use the style blank',
  label_not_here: 'a box of style {{style}} prints no {{key}}; remove it, or use the style label',
  label_too_big:
    'the label has {{lines}} lines, the box is {{height}} mm high and {{width}} mm wide; break it, shorten it or enlarge the box',
  field_missing: 'a box of style {{style}} needs a field; name one, or use the style blank',
  field_not_here: 'a box of style {{style}} takes no field; remove it, or use the style value',
  choices_missing: 'a box of style boxes needs choices; list them',
  choices_not_here: '{{key}} belongs to boxes of style boxes; remove it, or change the style',
  grow_missing: 'a box of style text holds long text and must be able to go on; write grow: true',
  grow_not_here: 'a box of style {{style}} cannot go on upon another sheet; remove grow, or use the style value_left',
  sign_not_here: 'a box of style {{style}} has no place to sign or seal; remove {{key}}, or use the style blank',
  sign_needs_height: 'a signature and date take at least {{least}} mm, this row has {{height}} mm; make it higher',
  seal_needs_height: 'a seal takes at least {{least}} mm, this row has {{height}} mm; make it higher',
  row_too_low: 'this row of {{height}} mm holds no line of text; give it at least {{least}} mm',
}
