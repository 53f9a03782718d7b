"""What is scarce and shared: activities, draws, gates, benefits."""

from niangjia.operations.tour.stops import Stop

ACTIVITY = "#results a.cell"
TEAM = "main a.cell:has-text('篮球')"
EVENING = "main a.cell:has-text('咖啡')"
READING = "main a.cell:has-text('写给女儿')"
PAST = "/desk/activities/?tab=past"
PLANNED = "tbody a[href^='/desk/activities/']"
ACTIVITIES = (
    Stop("activities", "/activities/", "活动", "What is on", modes=("elder", "dark")),
    Stop("activity", "/activities/", "一个活动", "One activity", follow=(ACTIVITY,)),
    Stop("month", "/activities/calendar/", "活动日历", "Calendar of activities"),
    Stop("certificates", "/mine/certificates/", "我的证书", "My certificates", who="member"),
    Stop("my-calendar", "/mine/calendar/", "放进我的日历", "In my calendar", who="member"),
    Stop("programme", "/programmes/rose-reading/", "品牌项目", "A programme", modes=("dark",)),
    Stop(
        "union-programme",
        "/programmes/rose-reading/",
        "一家工会的品牌页",
        "A union's page of a programme",
        follow=("a[href^='/programmes/rose-reading/']",),
    ),
    Stop(
        "co-organising", "/desk/activities/together/", "联合主办", "Put on together", who="county"
    ),
    Stop(
        "programme-pages", "/desk/activities/programmes/", "品牌页面", "Building one", who="county"
    ),
    Stop("tickets", "/mine/activities/", "我的活动票", "My tickets", who="member"),
    Stop(
        "ticket",
        "/mine/activities/",
        "一张活动票",
        "A ticket",
        "member",
        ("main a.cell",),
        modes=("elder",),
    ),
    Stop("planned", "/desk/activities/", "办活动", "Activities at the desk", who="county"),
    Stop("plan", "/desk/activities/", "一场活动", "Running one", "county", (PLANNED,)),
    Stop(
        "coming",
        "/desk/activities/",
        "报名名单",
        "Who comes",
        "county",
        (PLANNED, "a[href^='/desk/activities/runs/']"),
    ),
    Stop("new-activity", "/desk/activities/new/", "新建活动", "A new activity", who="county"),
    Stop(
        "family-sign-up",
        "/activities/?q=稻田",
        "一家人报名",
        "A family signs up",
        "county",
        (ACTIVITY, "a[href$='/sign-up/']"),
        modes=("elder",),
    ),
    Stop("team", "/mine/activities/", "我的队伍", "My team", "member", (TEAM, "a[href$='/team/']")),
    Stop(
        "matching",
        "/mine/activities/",
        "互相留意",
        "Naming each other",
        "member",
        (EVENING, "a[href$='/matching/']"),
    ),
    Stop(
        "matching-desk",
        PAST,
        "联谊配对（工会端）",
        "Naming each other, at the desk",
        "county",
        ("tbody a:has-text('咖啡')", "a[href$='/matching/']"),
    ),
    Stop(
        "photos",
        "/mine/activities/",
        "活动照片",
        "Photos of an activity",
        "member",
        (
            READING,
            "main a[href^='/activities/0']",
            "a[href$='/photos/']",
        ),
    ),
    Stop(
        "photos-desk",
        PAST,
        "上传活动照片",
        "Photos at the desk",
        "county",
        ("tbody a:has-text('写给女儿')", "a[href$='/photos/']"),
    ),
    Stop("certificate-check", "/certificates/", "查验证书", "Checking a certificate"),
    Stop(
        "certificates-desk",
        PAST,
        "发证书",
        "Certificates at the desk",
        "county",
        ("tbody a:has-text('好照片')", "a[href$='/certificates/']"),
    ),
)
#: By lot, and at the door.
LOTS_AND_GATES = (
    Stop("draws", "/draws/", "抽签公开", "Draws", modes=("elder",)),
    Stop("draw", "/draws/", "一次抽签", "One draw", "member", ("main a.cell",), modes=("dark",)),
    Stop("draws-desk", "/desk/draws/", "抽签（工会端）", "Draws at the desk", who="county"),
    Stop("gate", "/gates/", "守门签到", "Keeping a gate", "chair", ("main a.cell",)),
    Stop("gate-desk", "/desk/gates/", "签到点", "A gate at the desk", "county", ("tbody a",)),
    Stop("claims", "/mine/claims/", "我的申领", "What I asked for", who="member"),
)
BENEFITS = (
    Stop("benefits", "/benefits/", "工会普惠", "Benefits", who="member", modes=("elder",)),
    Stop("benefit", "/benefits/", "一项普惠", "One benefit", "member", ("a.benefit-card",)),
    Stop("coupon", "/benefits/mine/", "我的券", "A coupon", "member", ("a.benefit-card",)),
    Stop("till", "/till/", "收银台", "The till", "worker", ("a.cell",)),
    Stop("benefits-desk", "/desk/benefits/", "普惠管理", "Benefits at the desk", who="county"),
    Stop(
        "benefit-desk",
        "/desk/benefits/",
        "一项普惠（工会端）",
        "One benefit at the desk",
        "county",
        ("tbody a",),
    ),
    Stop(
        "redemption-signal",
        "/desk/benefits/signals/",
        "核销异常",
        "Odd redemptions",
        "county",
        ("a.cell",),
    ),
    Stop(
        "statement",
        "/desk/benefits/statements/",
        "一张结算单",
        "A statement",
        "county",
        ("tbody a",),
    ),
    Stop("merchants", "/desk/benefits/merchants/", "商户", "Merchants", who="county"),
    Stop("statements", "/desk/benefits/statements/", "结算", "Statements", who="county"),
    Stop("shops", "/benefits/shops/?near=29.3075,120.0745", "身边的商户", "Shops near you"),
    Stop(
        "sales",
        "/till/",
        "收过的券",
        "Coupons taken",
        "worker",
        ("a.cell", "nav.tabs a[href$='/sales/']"),
    ),
    Stop(
        "refund",
        "/till/",
        "退货",
        "Taking something back",
        "worker",
        ("a.cell", "nav.tabs a[href$='/sales/']", "tbody a"),
    ),
    Stop("budgets", "/desk/benefits/budgets/", "预算", "Budgets", who="county"),
    Stop("budget", "/desk/benefits/budgets/", "一笔预算", "One budget", "county", ("tbody a",)),
)
