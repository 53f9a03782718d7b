"""What the tour visits: as whom, where, and what it says under the picture."""

from niangjia.operations.tour.sharing import ACTIVITIES, BENEFITS, LOTS_AND_GATES
from niangjia.operations.tour.stops import Stop

#: The first union among the results.
UNION = "#results a.cell"

VISITOR = (
    Stop("home", "/", "首页", "Home", modes=("elder", "dark")),
    Stop("find", "/unions/?q=ywzgh", "找工会", "Finding a union", modes=("elder", "dark")),
    Stop("nothing", "/unions/?q=qqqxxx", "没有找到", "Nothing found"),
    Stop("place", "/place/330700/", "切换地区", "The place switcher"),
    Stop("places", "/unions/places/", "选地方", "Choosing a place"),
    Stop("union", "/unions/?q=ywzgh", "工会主页", "A union's page", follow=(UNION,)),
    Stop("guide", "/unions/guide/", "我单位没有工会", "No union at my employer"),
    Stop("nation", "/nation/", "全国数据", "The whole country", modes=("dark",)),
    Stop("province", "/nation/", "一省的数据", "One province", follow=("a[id^=to-]",)),
    Stop("sign-in", "/account/login/", "登录", "Signing in", modes=("elder",)),
    Stop("offline", "/offline/", "没有网络", "No connection"),
    Stop("not-found", "/nowhere/", "没有这一页", "No such page", status=404),
    Stop("styleguide", "/styleguide/", "设计样例", "Style guide", modes=("elder", "dark")),
)
#: A case that one takes part in together with others.
GROUP = "a.cell[href$='/group/']"
WORKER = (
    Stop("home-mine", "/", "首页（已登录）", "Home, signed in", who="member"),
    Stop(
        "join",
        "/unions/?q=快递",
        "入会申请",
        "Applying to join",
        who="worker",
        follow=(UNION, "a[href$='/join/']"),
        modes=("elder",),
    ),
    Stop("mine", "/mine/", "我的", "Mine", who="member", modes=("elder",)),
    Stop(
        "status",
        "/mine/",
        "申请进度",
        "Where an application stands",
        who="member",
        follow=("a[href*='/mine/applications/']",),
    ),
    Stop("card", "/mine/card/", "会员证", "Member card", who="member", modes=("dark",)),
    Stop("notices", "/mine/notices/", "消息", "Notices", who="member"),
    Stop("privacy", "/mine/privacy/", "我的数据", "My data", who="member"),
)
OFFICER = (
    Stop("desk", "/desk/", "工作台", "The desk", who="county", modes=("dark",)),
    Stop("application", "/desk/", "一份申请", "One application", "county", ("tbody a",)),
    Stop("go", "/desk/go/?words=快递", "快速前往", "Go anywhere", who="county"),
    Stop("look-up", "/desk/members/", "查询会员", "Looking up a member", who="county"),
    Stop("tree", "/desk/unions/", "工会组织", "The tree of unions", who="county"),
    Stop("posts", "/desk/posts/", "职务", "Posts", who="decides"),
    Stop("calendar", "/desk/calendar/", "工作日历", "The working calendar", who="administrator"),
)
RATING = (
    Stop("my-ratings", "/mine/ratings/", "我的评价", "My ratings", who="member", modes=("elder",)),
    Stop("rectification", "/desk/ratings/", "整改单", "Rectification orders", who="province"),
    Stop("order", "/desk/ratings/", "一张整改单", "One order", "province", ("tbody a",)),
    Stop("call-backs", "/desk/ratings/call-backs/", "回访", "Call-backs", who="province"),
    Stop("signals", "/desk/ratings/signals/", "异常提示", "Signals", who="province"),
)
SERVICES = (
    Stop("services", "/services/", "服务", "What a union does", who="member", modes=("elder",)),
    Stop("service", "/services/hardship-aid/", "一项服务", "One service", who="member"),
    Stop("asking", "/services/hardship-aid/asking/", "申请帮扶", "Asking for help", who="member"),
    Stop(
        "draft", "/services/schooling-aid/asking/", "写了一半的申请", "A form begun", who="member"
    ),
    Stop("receipt", "/services/receipt/", "凭回执查询", "Coming back with a receipt"),
    Stop("my-cases", "/mine/cases/", "我的办件", "My cases", who="member"),
    Stop("my-case", "/mine/cases/", "我的一件", "One of my cases", "member", ("main a.cell",)),
    Stop("group", "/mine/cases/", "一起反映的事", "A case of many", "member", (GROUP,)),
    Stop("group-join", "/mine/cases/groups/join/", "参加群体办件", "Taking part in one"),
    Stop("queue", "/desk/cases/", "办件列表", "The queue", who="decides", modes=("dark",)),
    Stop("case", "/desk/cases/", "一个办件", "One case", "decides", ("tbody a",)),
    Stop("case-search", "/desk/cases/search/", "查办件", "Searching cases", who="decides"),
    Stop(
        "transfer",
        "/desk/cases/",
        "转办",
        "A transfer",
        "decides",
        ("tbody a", "a[href$='/transfer/']"),
    ),
)
#: Letters of 一函两书 bear this mark; the newest one's matter goes on.
LETTER = "tr:has-text('义工监') a[href^='/desk/letters/']"
LETTERS = (
    Stop("verify", "/verify/", "核验文书", "Checking a letter"),
    Stop("letters", "/desk/letters/", "发文登记", "Register of letters", who="decides"),
    Stop("letter", "/desk/letters/", "一份意见书", "A letter", "decides", (LETTER,)),
    Stop(
        "supervision",
        "/desk/letters/",
        "一函两书",
        "The union's supervision of labour law",
        "decides",
        (LETTER, "a.back"),
    ),
    Stop(
        "writing",
        "/desk/letters/",
        "写意见书",
        "Writing a letter",
        "decides",
        (LETTER, "a.back", "a[href$='?template=opinion']"),
    ),
    Stop("seal", "/desk/letters/head/", "印章和机关代字", "Seal and mark", who="decides"),
)
CATALOGUE = (
    Stop("public-notice", "/services/notices/", "公示", "Public notice", who="member"),
    Stop("catalogue", "/desk/services/", "服务事项", "Service catalogue", who="decides"),
    Stop(
        "variant",
        "/desk/services/",
        "一份草稿",
        "A draft of a local variant",
        "decides",
        ("a.chip[href*='/versions/']",),
    ),
    Stop(
        "trial",
        "/desk/services/",
        "试办",
        "A trial run",
        "decides",
        ("a.chip[href*='/versions/']", "a[href$='/trial/']"),
    ),
    Stop("rules", "/desk/cases/rules/", "按规则分派", "Assignment by rule", who="decides"),
    Stop(
        "preview",
        "/desk/cases/rules/preview/",
        "规则分派预览",
        "What rules would do",
        who="decides",
    ),
    Stop("leave", "/desk/substitutes/", "休假与代办", "Leave and substitutes", who="decides"),
    Stop("decoys", "/desk/cases/decoys/", "诱饵办件", "Decoys", who="decides"),
)
HOTLINE = (
    Stop("hotline", "/hotline/", "12351 热线", "The hotline", modes=("elder",)),
    Stop("calls", "/desk/hotline/", "来电", "Incoming calls", who="hotline", modes=("dark",)),
    Stop("shifts", "/desk/hotline/shifts/", "值班", "Shifts", who="hotline"),
    Stop("knowledge", "/desk/hotline/knowledge/", "知识库", "Knowledge", who="hotline"),
    Stop("orders", "/desk/hotline/orders/", "工单", "Work orders", who="hotline"),
    Stop(
        "work-order", "/desk/hotline/orders/", "一张工单", "A work order", "hotline", ("tbody a",)
    ),
    Stop("board", "/desk/hotline/board/", "今日看板", "The hotline's day", who="province"),
    Stop("statistics", "/desk/hotline/statistics/", "热线统计", "Five statistics", who="hotline"),
    Stop("on-call", "/desk/hotline/on-call/", "应急值班", "On call", who="province"),
)
STATION = "#results a.cell"
AROUND = "/places/?near=29.3075,120.0745"
PLACES = (
    Stop("stations", AROUND, "身边的站点", "Stations near you", modes=("elder", "dark")),
    Stop("station", AROUND, "一个站点", "One station", follow=(STATION,), modes=("elder",)),
    Stop(
        "station-night",
        f"{AROUND}&need=shower&need=truck_parking&open=all",
        "能停大车、能洗澡",
        "A shower and room for a truck",
    ),
    Stop("keeping-place", "/keeping/", "看管站点", "Keeping a station", "member", ("main a.cell",)),
    Stop("round", "/desk/places/rounds/", "一次巡查", "A round", "county", ("tbody a",)),
    Stop("stars", "/desk/places/stars/", "站点星级", "Stations by their stars", who="county"),
    Stop("star-rules", "/places/stars/", "评星规则", "The rules of the stars"),
    Stop(
        "place-list",
        "/desk/places/lists/",
        "批量导入站点",
        "Many places at once",
        "county",
        ("[data-row] a",),
    ),
    Stop("visit-hours", "/desk/places/visits/", "什么时候人多", "When people come", who="county"),
    Stop(
        "supplies-asked", "/desk/places/requests/", "物资申请", "Supplies asked for", who="county"
    ),
    Stop(
        "station-locks",
        "/desk/places/",
        "会员开门",
        "Doors that members open",
        "county",
        ("tbody a", "a[href$='/locks/']"),
    ),
)
CIRCLE = (
    Stop("circle", "/desk/places/coverage/", "谁走得到", "Who is reached", who="decides"),
    Stop("siting", "/desk/places/siting/", "下一个开在哪儿", "Where to open the next", "decides"),
    Stop(
        "sited",
        "/desk/places/siting/",
        "再开几个站点",
        "So many more stations",
        "decides",
        ("[data-row] a",),
    ),
)
STOPS = (
    *(*VISITOR, *WORKER, *OFFICER, *RATING, *SERVICES, *LETTERS, *CATALOGUE, *HOTLINE),
    *ACTIVITIES,
    *LOTS_AND_GATES,
    *PLACES,
    *CIRCLE,
    *BENEFITS,
)
