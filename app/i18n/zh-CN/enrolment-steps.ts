/** 录指纹时机器报来的话，和没有录成时怎么办。 */
export const enrolmentSteps = {
  log: {
    sent: '已交给采集程序，号位 {{slot}}',
    press: '等第 {{press}} 次按下',
    lift: '第 {{press}} 次取到，等手指抬起',
    retry: '第 {{press}} 次要重按：{{why}}',
    retry_trial: '要重按：{{why}}',
    stored: '已写入 {{slot}} 号位，索引表重读相符',
    trial: '试认：等手指按下',
    recognised: '试认：认出 {{slot}} 号位，分数 {{score}}',
    failed: '停在这里：{{why}}',
    now: '现在',
  },
  retry: {
    too_dry: '手指太干，哈口气再按',
    too_wet: '手指太湿，擦干再按',
    too_messy: '看不清纹路，擦净手指和玻璃再按',
    too_few_features: '取到的纹路太少，按平一些、多留一会儿',
    image_failed: '没有拍成，请抬起再按',
    residual_finger: '玻璃上有上一个人的痕迹，擦净再按',
    small_area: '按得太偏，把指腹放在正中再按',
    features_related: '和前一次位置几乎一样，稍微挪一点再按',
    poor_template: '几次合起来不够清楚，请再按',
    not_the_same_finger: '和第 1 次不是同一枚手指，请换回刚才那一枚',
    other: '没有读清，请抬起再按一次',
  },
  ended: {
    already_enrolled: {
      title: '没有存。这枚手指已在 {{slot}} 号位',
      means: '机器里已有同样的指纹，同一枚手指只能属于一个人。原来的记录没有动，这次拒绝已记入审计。',
      todo: '先看是不是上一位还没走开；是本人的旧记录就先删掉再录；否则请换一枚手指。',
    },
    not_the_same_finger: {
      title: '没有存。两次按的不是同一枚手指',
      means: '和第 1 次的纹路对不上，已经提醒过一次。机器里什么都没有留下。',
      todo: '请本人看着屏幕，从头到尾用同一枚手指，再点“开始录”。',
    },
    nobody_came: {
      title: '没有存。等了 45 秒没有手指',
      means: '机器已回到平常状态，别人可以签到了。前面按过的要重来。',
      todo: '请本人站到机器旁，再点“开始录”。',
    },
    finger_not_lifted: {
      title: '没有存。手指一直没有抬起',
      means: '每次按完都要抬起，机器才分得清几次。',
      todo: '请抬起手指，擦净玻璃，再点“开始录”。',
    },
    cancelled: {
      title: '已停下，什么都没有留下',
      means: '机器里没有存任何东西，登记簿里也没有。',
      todo: '要再录时点“开始录”。',
    },
    stopped: {
      title: '采集程序停了，没有存',
      means: '它在手指没按完时被关掉或重启。机器里什么都没有留下。',
      todo: '等机器重新在线（一般 10 秒），再点“开始录”。',
    },
    expired: {
      title: '没有办成：采集程序没有来取',
      means: '命令等了 2 分钟（开始后 10 分钟）作废，不会晚做；就算机器晚存了，也会自动删掉。',
      todo: '请看机房或大厅那台电脑上的采集程序是否开着，或换一台机器。',
    },
    stored_late: {
      title: '存晚了，已让机器删掉',
      means: '停下或作废之后机器才报存好。没有人等着核对，所以不算，删除命令已经发出。',
      todo: '请本人再站到机器旁，点“开始录”。',
    },
    unplugged: {
      title: '没有存。机器的线断开了',
      means: '按到一半机器不见了，前面几次要重来。这段时间记为停机，不算任何人缺勤。',
      todo: '把线插紧，等机器变成“在线”再点“开始录”；或换一台机器。',
    },
    slot_taken: {
      title: '没有存。{{slot}} 号位在机器里已被占用',
      means: '机器的索引表与登记簿不一致，换过一次号位仍不行。',
      todo: '到“指纹清理”看这台机器的无主模板，删掉后再录。',
    },
    not_proven: {
      title: '不算存好：索引表里看不到 {{slot}} 号位',
      means: '机器说存了，重读却没有。没有凭据就不登记。',
      todo: '请再录一次；再不行就换一台机器，并让管理员自检这台。',
    },
    wrong_password: {
      title: '没有存。机器口令不对',
      means: '这台机器拒绝一切命令。',
      todo: '请系统管理员核对采集程序里的口令；先换一台机器录。',
    },
    no_answer: {
      title: '没有存。机器没有回应',
      means: '发出的字节没有回音，可能是线松了或机器死机。',
      todo: '拔下再插一次线，等它在线后再录；或换一台机器。',
    },
    consent_gone: {
      title: '没有存。本人已撤回同意',
      means: '按的时候同意被撤回，存下的模板已让机器删掉。',
      todo: '请用不录指纹的办法。',
    },
    other: {
      title: '没有存。机器报了 {{code}}',
      means: '机器里没有留下这枚手指。',
      todo: '请再试一次；还不行就换一台机器，并告诉系统管理员。',
    },
  },
  refused: {
    reader_away: {
      title: '这台机器现在不能录',
      means: '它没有插好、没有电，或采集程序没有在运行。',
      todo: '插紧数据线，等它显示“在线”；或选另一台机器。',
    },
    reader_busy: {
      title: '这台机器正在录别人',
      means: '现在录的是{{name}}，由{{by}}操作。一台机器一次只录一枚手指。',
      todo: '等他录完（一般 1 分钟），或换一台机器。',
    },
    reader_full: {
      title: '这台机器没有空号位了',
      means: '空着的号位还要等签到记录理清（离开满 31 天），不能给别人。',
      todo: '到“指纹清理”删掉离开人员的模板，或换一台机器。',
    },
    reader_unknown: {
      title: '没有这台机器',
      means: '它可能刚被停用。',
      todo: '请另选一台。',
    },
    consent_missing: {
      title: '还没有本人同意',
      means: '没有同意，或同意的是旧的告知书，就不能采集指纹。',
      todo: '先请本人看告知书，在第 1 步记下同意。',
    },
    person_left: {
      title: '此人已离开中心',
      means: '离开的人不再采集，只能删除。',
      todo: '如果他又回来，先在人员页面登记新的进驻。',
    },
    finger_known: {
      title: '这枚手指在这台机器上已经录过',
      means: '现在在 {{slot}} 号位，仍然有效。',
      todo: '要换新的先删旧的；或者另选一枚手指、另一台机器。',
    },
    nothing_to_stop: {
      title: '已经结束了，没有可停的',
      means: '就在您点的时候它已办完。',
      todo: '看下面的结果。',
    },
    nothing_to_withdraw: {
      title: '没有可撤回的',
      means: '此人没有有效的同意，也没有存着的指纹。',
      todo: '不用再做什么。',
    },
    already_deleted: {
      title: '这枚已经删过了',
      means: '索引表已证明它不在机器里。',
      todo: '需要的话打印凭据。',
    },
    enrolment_unknown: { title: '没有这条登记', means: '它不属于此人。', todo: '请从下面的列表里选。' },
    slot_owned: {
      title: '没有删：这个号位不是无主的',
      means: '它已属于某人，或机器里其实是空的。',
      todo: '请先“重读索引表”再看。',
    },
    reader_is_real: { title: '真机器不能由程序按', means: '只有演示的模拟机可以。', todo: '请本人按。' },
    agent_missing: { title: '这台机器没有采集程序', means: '命令没有人来取。', todo: '请系统管理员配对采集程序。' },
    source_unknown: { title: '没有这台机器', means: '它可能刚被停用。', todo: '请另选一台。' },
    nobody_else: { title: '这台机器上没有别人的手指', means: '所以演示不了重复。', todo: '请换一台机器。' },
  },
}
