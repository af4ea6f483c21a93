/** The second sixty of the demo hall, as in staff.ts with the gender at the end: the back offices, second posts, guides and trainees. */
export const moreLines = `
贾祎宁 | jia yining | Jia Yining | market | civil_servant | early | f
吕文昊 | lü wenhao | Lü Wenhao | market | agency_worker | early | m
苏玥 | su yue | Su Yue | seals | enterprise | early | f
丁珺 | ding jun | Ding Jun | market | civil_servant | edge | f
任海洋 | ren haiyang | Ren Haiyang | planning | civil_servant | early | m
沙依兰·努尔 | shayilan nu'er | Shayilan Nur | housing | institution_technical | early | f
余璟 | yu jing | Yu Jing | labour | institution_management | early | m
杜若 | du ruo | Du Ruo | tax | civil_servant | early | f
戴翀 | dai chong | Dai Chong | police | labour_dispatch | early | m
夏炘 | xia xin | Xia Xin | police | labour_dispatch | edge | f
锺山 | zhong shan | Zhong Shan | police | labour_dispatch | early | m
汪洁 | wang jie | Wang Jie | police | civil_servant | early | f
田雨禾 | tian yuhe | Tian Yuhe | services | contract | early | f
姜昉 | jiang fang | Jiang Fang | services | contract | late | m
范晓彤 | fan xiaotong | Fan Xiaotong | transport | institution_management | early | f
石垚 | shi yao | Shi Yao | transport | institution_worker | early | m
姚远 | yao yuan | Yao Yuan | transport | civil_servant | edge | m
谭思源 | tan siyuan | Tan Siyuan | transport | institution_technical | early | m
廖静姝 | liao jingshu | Liao Jingshu | water | institution_technical | early | f
邹平 | zou ping | Zou Ping | water | institution_management | early | m
熊彧 | xiong yu | Xiong Yu | water | civil_servant | early | m
金美兰 | jin meilan | Jin Meilan | agriculture | institution_technical | early | f
陈頔 | chen di | Chen Di | agriculture | institution_technical | edge | m
白朗 | bai lang | Bai Lang | agriculture | civil_servant | early | m
孔令仪 | kong lingyi | Kong Lingyi | health | institution_management | early | f
盖志鹏 | ge zhipeng | Ge Zhipeng | health | reference_managed | early | m
崔岩 | cui yan | Cui Yan | health | reference_managed | early | m
万俟雪 | moqi xue | Moqi Xue | health | institution_technical | early | f
尉迟川 | yuchi chuan | Yuchi Chuan | education | institution_management | early | m
康婷 | kang ting | Kang Ting | education | institution_technical | leaver | f
毛建华 | mao jianhua | Mao Jianhua | education | civil_servant | early | m
史可心 | shi kexin | Shi Kexin | civil | civil_servant | early | f
侯晨曦 | hou chenxi | Hou Chenxi | civil | institution_management | edge | f
古丽娜尔·阿不都热合曼 | gulina'er abudureheman | Gulnar Abdurahman | civil | institution_technical | early | f
秦朗 | qin lang | Qin Lang | civil | contract | early | m
江一鸣 | jiang yiming | Jiang Yiming | tax | civil_servant | early | m
顾盼 | gu pan | Gu Pan | tax | civil_servant | early | f
洪斌 | hong bin | Hong Bin | tax | agency_worker | early | m
方旭 | fang xu | Fang Xu | medical | institution_technical | early | m
常乐 | chang le | Chang Le | medical | institution_management | early | f
武思齐 | wu siqi | Wu Siqi | fund | institution_technical | early | m
乔安 | qiao an | Qiao An | fund | contract | edge | f
贺新民 | he xinmin | He Xinmin | ecology | civil_servant | early | m
龚雪琴 | gong xueqin | Gong Xueqin | ecology | institution_technical | early | f
文静怡 | wen jingyi | Wen Jingyi | planning | institution_technical | early | f
庞大海 | pang dahai | Pang Dahai | planning | institution_worker | late | m
樊星 | fan xing | Fan Xing | housing | civil_servant | early | m
兰馨 | lan xin | Lan Xin | housing | institution_management | early | f
殷实 | yin shi | Yin Shi | services | civil_servant | early | m
施诗 | shi shi | Shi Shi | services | trainee | early | f
陶李 | tao li | Tao Li | services | trainee | edge | m
洛桑扎西 | luosang zhaxi | Losang Tashi | services | contract | early | m
翟文涛 | zhai wentao | Zhai Wentao | services | institution_management | early | m
安琪 | an qi | An Qi | services | contract | early | f
颜如玉 | yan ruyu | Yan Ruyu | services | contract | early | f
倪虹 | ni hong | Ni Hong | utilities | enterprise | early | f
严格 | yan ge | Yan Ge | utilities | enterprise | early | m
牛犇 | niu ben | Niu Ben | utilities | enterprise | edge | m
鲁班固 | lu bangu | Lu Bangu | seals | enterprise | early | m
温馨 | wen xin | Wen Xin | services | trainee | early | f
`

/** Who served here and has gone: windows had somebody before the people of today. They have the numbers after everybody else's. */
export const leftLines = `
黎明 | li ming | Li Ming | market | civil_servant | early | m
温如言 | wen ruyan | Wen Ruyan | housing | civil_servant | early | f
柳依依 | liu yiyi | Liu Yiyi | labour | institution_management | early | f
成功 | cheng gong | Cheng Gong | tax | civil_servant | early | m
祁连 | qi lian | Qi Lian | police | labour_dispatch | edge | m
穆清 | mu qing | Mu Qing | services | contract | early | f
`
