"""What agents can say, and what a line says itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from niangjia.cases.selectors import list_offered
from niangjia.core import clock, refusals
from niangjia.hotline import selectors, services
from niangjia.hotline.forms.knowledge import ArticleForm, TopicForm
from niangjia.hotline.models import Article, Line
from niangjia.hotline.views.desk.access import ANSWERS, line_for, lines_for, post_for
from niangjia.hotline.views.desk.shifts import back_to
from niangjia.members.doors import OfficerRequest, officer_page


@require_GET
@never_cache
@officer_page(ANSWERS)
def knowledge(request: OfficerRequest) -> HttpResponse:
    """Every article and topic that holds at the line, narrowed by words."""
    return show(request, line_for(request, lines_for(request)))


@require_http_methods(["GET", "POST"])
@never_cache
@officer_page(ANSWERS)
def article(request: OfficerRequest) -> HttpResponse:
    """Write the article that `key` names anew at this line, or a new one."""
    key = request.GET.get("key", "")
    line = line_for(request, lines_for(request))
    found = selectors.access_article(line, key) if key else None
    form = article_form(request, line, found)
    if request.method == "POST" and form.is_valid():
        with refusals.beside(form):
            services.edit_article(
                by=post_for(request, line), line=line, key=key, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("From now on it is read out like this at your line."))
            return back_to("hotline:knowledge", line)
    return render(
        request,
        "hotline/desk/article.html",
        {"line": line, "article": found, "form": form},
        status=422 if form.errors else 200,
    )


def article_form(request: OfficerRequest, line: Line, found: Article | None) -> ArticleForm:
    """The form, with what the article says now."""
    names = ("title", "body", "basis", "topics", "as_of_date")
    initial = {name: getattr(found, name) for name in names} if found else {}
    data = request.POST if request.method == "POST" else None
    return ArticleForm(list(selectors.list_topics(line)), data, initial=initial)


@require_POST
@officer_page(ANSWERS)
def topic(request: OfficerRequest) -> HttpResponse:
    """Add a topic of the line's own."""
    line = line_for(request, lines_for(request))
    form = TopicForm(items_of(line), request.POST)
    if form.is_valid():
        with refusals.beside(form):
            services.add_topic(
                by=post_for(request, line), line=line, now=clock.now(), **form.values()
            )
            messages.success(request, _("It can be chosen from now on."))
            return back_to("hotline:knowledge", line)
    return show(request, line, form=form, status=422)


@require_POST
@officer_page(ANSWERS)
def topic_end(request: OfficerRequest) -> HttpResponse:
    """A topic of the line's own can be chosen no longer."""
    line = line_for(request, lines_for(request))
    services.retire_topic(by=post_for(request, line), line=line, key=request.POST.get("key", ""))
    return back_to("hotline:knowledge", line)


def items_of(line: Line) -> list[tuple[str, str]]:
    """The service items that are offered where the line is."""
    return [(each.item.key, str(each.document.name)) for each in list_offered(line.union)]


def show(
    request: OfficerRequest, line: Line, *, form: TopicForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of what can be said."""
    words = request.GET.get("words", "").strip()[:60]
    articles = [
        each
        for each in selectors.list_articles(line)
        if not words or words in each.title or words in each.body
    ]
    topics = list(selectors.list_topics(line))
    return render(
        request,
        "hotline/desk/knowledge.html",
        {
            "line": line,
            "words": words,
            "articles": articles,
            "own_topics": [each for each in topics if each.line_id],
            "topics_count": len(topics),
            "form": form or TopicForm(items_of(line)),
        },
        status=status,
    )
