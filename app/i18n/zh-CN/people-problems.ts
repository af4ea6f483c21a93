/** Why something typed about a person cannot be stored, and what to do; by the code of the refusal. */
export const peopleProblem = {
  empty: '还没有填，请填上',
  too_long: '太长：有 {{length}} 个字，最多 {{max}} 个，请缩短',
  not_one_of: '没有“{{value}}”这一项，请从列表里选',
  staff_number: '工号“{{value}}”不合格式：2 到 20 位字母、数字或短横，请对照工牌改',
  month: '“{{value}}”不是年月，请写成 1990-05',
  month_future: '{{value}} 还没有到，请核对年份',
  day: '“{{value}}”不是日期，请写成 2026-11-20，而且要真有这一天',
  phone: '“{{value}}”不是电话号码（{{digits}} 位数字）。手机 11 位，固定电话写区号，如 0871-63112233，内线写 3 到 8 位',
  id_length: '证件号码有 {{length}} 位。身份证 18 位，护照等以字母开头，请对照证件重填',
  id_region: '身份证号开头“{{region}}”不是省级代码，请对照证件重填',
  id_birth: '身份证号里的出生日期 {{birth}} 不存在，请对照证件重填',
  id_check_digit:
    '身份证号校验位不对：末位是 {{last}}，按前 17 位应为 {{expected}}。多半抄错一位，哪一位都可能，请对照证件重填；系统不会替您改',
  id_number_taken:
    '这个证件号码已经是 {{name}}（工号 {{staffNumber}}）的。同一个人回来，请在那份档案里加一段派驻，不要另建',
  letters: '“{{value}}”不是拼音字母，请用字母，例如 zeng xiangrui',
  broken_character: '有半个字：从别处复制时断开了，请重新输入这个字',
  question_mark: '有一个字成了问号，原来的字没有传过来。请用“找字”按拼音、部件或码位把它补上',
  private_use:
    '有一个字用的是旧字库的编码 {{point}}，换一台电脑就显示不出来。它的标准字是“{{offered}}”（{{offeredPoint}}），请核对后换上',
  private_use_unknown: '有一个字用的是某台电脑自造的编码 {{point}}，不知道是哪个字。请用“找字”换成标准字',
  description_character: '{{point}} 是说明字形的符号，不能写进姓名。请用“找字”找到这个字；字形说明写在备注里',
  radical: '{{point}} 是部首，不是字，请换成样子相同的字',
  strange_character: '“{{character}}”（{{point}}）不能用在姓名里，请去掉或换成证件上的字',
  work_before_birth: '参加工作 {{work}} 不晚于出生 {{born}}，请改其中一个',
  number_taken: '工号 {{number}} 已经是 {{name}} 的。工号不重复使用，请换一个',
  number_taken_left:
    '工号 {{number}} 是 {{name}} 的，虽然已经离开。工号不再给别人，请换一个；同一个人回来，请在原档案里加派驻',
  number_used: '工号 {{number}} 曾是 {{name}} 的，后来改成 {{staffNumber}}。用过的工号不再给别人，请换一个',
  number_has_account: '此人已经用工号 {{number}} 登录，工号不能再改。确实要改，请先由系统管理员停用账号',
  edited_meanwhile: '{{actor}} 刚刚改过这份档案，您的改动还没有存。您填的内容都在，请对照后再存一次',
  unit_missing: '还没有选派出单位，请选一个；列表里没有，先到“大厅”添加',
  window_missing: 'A岗、B岗和首席代表要选窗口，请选一个',
  ends_before_start: '结束 {{endsOn}} 早于开始 {{startsOn}}，请把结束改到 {{startsOn}} 或以后',
  due_before_start: '到期 {{dueOn}} 早于进驻 {{startsOn}}，请改其中一个',
  posting_overlaps: '与{{unit}}的派驻（{{startsOn}} 至 {{endsOn}}）重叠。一个人同时只能有一段派驻，请错开日期',
  posting_overlaps_open: '与{{unit}}的派驻（{{startsOn}} 起，还没有结束）重叠。请先结束那一段，再从第二天开始',
  no_posting: '{{startsOn}} 这一天没有派驻，岗位和分组要在派驻期内。请先加派驻，或者改开始日期',
  outside_posting: '派驻从 {{startsOn}} 到 {{endsOn}}，请把结束填到 {{endsOn}} 或更早',
  posts_outside: '{{what}}（{{startsOn}} 起）会落到派驻以外。请先结束它，或者改派驻的日期',
  post_overlaps: '此人 {{startsOn}} 至 {{endsOn}} 已经在 {{what}} 有岗位，请错开日期',
  post_overlaps_open: '此人从 {{startsOn}} 起已经在 {{what}} 有岗位。请先结束那一个，再从第二天开始',
  a_post_taken:
    '{{window}} 的 A岗 {{startsOn}} 至 {{endsOn}} 是 {{name}}（工号 {{staffNumber}}）。一个窗口同时只有一个 A岗，请错开日期或选 B岗',
  a_post_taken_open:
    '{{window}} 的 A岗从 {{startsOn}} 起是 {{name}}（工号 {{staffNumber}}）。请先结束他的 A岗，或者选 B岗',
  chief_taken: '{{window}} {{startsOn}} 至 {{endsOn}} 的首席代表是 {{name}}（工号 {{staffNumber}}），请错开日期',
  chief_taken_open: '{{window}} 从 {{startsOn}} 起的首席代表是 {{name}}（工号 {{staffNumber}}）。请先结束他的任命',
  group_overlaps: '此人 {{startsOn}} 至 {{endsOn}} 已经在这个分组，请错开日期',
  group_overlaps_open: '此人从 {{startsOn}} 起已经在这个分组，不用再加',
  window_not_open: '{{window}} 从 {{opensOn}} 用到 {{closesOn}}，岗位的日期要在里面。请改日期，或者选别的窗口',
  window_not_open_open:
    '{{window}} 从 {{opensOn}} 起才启用，岗位不能更早。请改岗位的日期；窗口其实早就在用的，到“大厅”把启用日期改早',
  unit_name_unknown: '没有叫“{{value}}”的派出单位。请照全称或简称改；确实没有，先到“大厅”添加',
  window_number_unknown: '没有 {{value}} 号窗口，或者已经停用。请核对窗口号；确实没有，先到“大厅”添加',
  unit_ended: '{{unit}}已于 {{endedOn}} 停用，派驻要在那一天以前结束。请选别的单位，或者先恢复它',
  begins_later: '{{what}} 从 {{startsOn}} 才开始，派驻结束后就没有着落。请先撤回它，再结束派驻',
  already_ended: '已经在 {{endsOn}} 结束，不用再办',
  already_begun: '{{startsOn}} 已经开始，不能撤回。请填结束日期',
}

/** What does not fit together and may still be true: said, not refused. */
export const peopleNote = {
  born_differs: '出生年月 {{typed}} 与身份证号里的 {{card}} 不同，照您填的存。请核对',
  gender_differs: '性别与身份证号的倒数第二位不符，照您填的存。请核对',
}
